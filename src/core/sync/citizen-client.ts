import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import { z } from 'zod';
import type { CaseSupply, OwnCaseRequest } from '../../contract/case-calls.ts';
import {
  certificatePurpose,
  type CertificatePurpose,
  type CertificateSummary,
  type SealFlaw,
  type UsedCertificate,
} from '../../contract/certificate-record.ts';
import { IDENTITY_HEADER } from '../../contract/citizen-call.ts';
import type { IdentityReading, IdentityToken } from '../../contract/identity-calls.ts';
import { writeIn } from './contract-forms.ts';
import type { Outcome } from './outcome.ts';
import type { CallContext } from './platform-sender.ts';
import type { readingApi } from './reading-api.ts';
import { VersionGap } from './spoken-versions.ts';

/**
 * What the person at the kiosk asks of the platform for themselves. It needs the platform live: nothing of it waits to be
 * sent, except what a notice asked for.
 */
export interface CitizenClient {
  /** Who is at this kiosk, in the platform's word. */
  exchangeIdentity(
    exchange: { readonly kioskId: string; readonly reading: IdentityReading },
    signal?: AbortSignal,
  ): Promise<Outcome<IdentityToken>>;
  /** E-certificates of whom the identity token is for. */
  listCertificates(
    identity: string,
    ask: CertificateAsk,
    signal?: AbortSignal,
  ): Promise<Outcome<{ readonly certificates: readonly CertificateSummary[] }>>;
  useCertificate(
    identity: string,
    ask: CertificateAsk & { readonly certificate: string },
    signal?: AbortSignal,
  ): Promise<Outcome<UsedCertificate>>;
  /** Whether a copy that was taken still counts. `contentHash`: SHA-256 in hex over its content as canonical JSON. */
  verifyCertificate(
    identity: string,
    ask: CertificateAsk & { readonly certificate: string; readonly contentHash: string },
    signal?: AbortSignal,
  ): Promise<Outcome<{ readonly valid: boolean; readonly flaw?: SealFlaw | undefined }>>;
  /** What the credit service says of them, for one purpose as well. */
  creditStanding(
    identity: string,
    ask: CertificateAsk,
    signal?: AbortSignal,
  ): Promise<Outcome<Answers['creditStanding']>>;
  /** Has a material of theirs checked over the network, in place of the paper. */
  checkMaterial(
    identity: string,
    ask: CertificateAsk,
    signal?: AbortSignal,
  ): Promise<Outcome<Answers['checkMaterial']>>;
  queueWaits(ask: Body<'queueWaits'>, signal?: AbortSignal): Promise<Outcome<Answers['queueWaits']>>;
  appointmentSlots(ask: Body<'appointmentSlots'>, signal?: AbortSignal): Promise<Outcome<Answers['appointmentSlots']>>;
  readonly myAppointments: OwnAsk<'myAppointments'>;
  readonly bookAppointment: OwnWrite<'bookAppointment'>;
  readonly changeAppointment: OwnWrite<'changeAppointment'>;
  readonly cancelAppointment: OwnWrite<'cancelAppointment'>;
  readonly checkIn: OwnWrite<'checkIn'>;
  /** Whoever has the code of an enquiry reads its answer. */
  enquiryAnswer(ask: Body<'enquiryAnswer'>, signal?: AbortSignal): Promise<Outcome<Answers['enquiryAnswer']>>;
  /** 补正. The answer has the case that its pages are uploaded for. */
  supplyCase(key: string, supply: CaseSupply, signal?: AbortSignal): Promise<Outcome<Answers['supplyCase']>>;
  askCaseReview(key: string, request: OwnCaseRequest, signal?: AbortSignal): Promise<Outcome<Answers['askCaseReview']>>;
}

type Wire = InferContractRouterInputs<typeof readingApi>;
type Answers = InferContractRouterOutputs<typeof readingApi>;
/** What a call says beside its headers. */
type Body<Call extends keyof Wire> = Wire[Call] extends { body: infer B } ? B : Wire[Call];
type OwnAsk<Call extends keyof Wire> = (
  identity: string,
  body: Body<Call>,
  signal?: AbortSignal,
) => Promise<Outcome<Answers[Call]>>;
/** A write with the same key may be repeated any number of times. */
type OwnWrite<Call extends keyof Wire> = (
  identity: string,
  key: string,
  body: Body<Call>,
  signal?: AbortSignal,
) => Promise<Outcome<Answers[Call]>>;

/** By which machine, and what for. Without both the call ends here and nothing of it goes out: `no-purpose`. */
interface CertificateAsk {
  readonly kioskId: string;
  readonly purpose: CertificatePurpose;
}

type Options = { readonly context: CallContext; readonly signal?: AbortSignal };
/** Makes one call in the common version within the time that a person waits. */
export type Ask = <T>(
  signal: AbortSignal | undefined,
  send: (version: number, options: Options) => Promise<T>,
) => Promise<Outcome<T>>;
type Api = ContractRouterClient<typeof readingApi, CallContext>;

/** The version of the contract that these calls came with. */
const SINCE = 2;

/** To a platform of a version before them nothing of it goes out. */
export function createCitizenClient(api: Api, send: Ask): CitizenClient {
  const ask: Ask = (signal, call) =>
    send(signal, async (version, options) => {
      if (version < SINCE) throw new VersionGap('platform-too-old', `version ${version} has no such call`);
      return call(version, options);
    });
  return {
    exchangeIdentity: (exchange, signal) => ask(signal, (_version, options) => api.exchangeIdentity(exchange, options)),
    listCertificates: forPurpose((identity, body, signal) =>
      ask(signal, (_version, options) => api.listCertificates({ headers: of(identity), body }, options)),
    ),
    useCertificate: forPurpose((identity, body, signal) =>
      ask(signal, (_version, options) => api.useCertificate({ headers: of(identity), body }, options)),
    ),
    verifyCertificate: forPurpose((identity, body, signal) =>
      ask(signal, (_version, options) => api.verifyCertificate({ headers: of(identity), body }, options)),
    ),
    creditStanding: forPurpose((identity, body, signal) =>
      ask(signal, (_version, options) => api.creditStanding({ headers: of(identity), body }, options)),
    ),
    checkMaterial: forPurpose((identity, body, signal) =>
      ask(signal, (_version, options) => api.checkMaterial({ headers: of(identity), body }, options)),
    ),
    queueWaits: (body, signal) => ask(signal, (_version, options) => api.queueWaits(body, options)),
    appointmentSlots: (body, signal) => ask(signal, (_version, options) => api.appointmentSlots(body, options)),
    myAppointments: (identity, body, signal) =>
      ask(signal, (_version, options) => api.myAppointments({ headers: of(identity), body }, options)),
    bookAppointment: (identity, key, body, signal) =>
      ask(signal, (_version, options) => api.bookAppointment({ headers: of(identity, key), body }, options)),
    changeAppointment: (identity, key, body, signal) =>
      ask(signal, (_version, options) => api.changeAppointment({ headers: of(identity, key), body }, options)),
    cancelAppointment: (identity, key, body, signal) =>
      ask(signal, (_version, options) => api.cancelAppointment({ headers: of(identity, key), body }, options)),
    checkIn: (identity, key, body, signal) =>
      ask(signal, (_version, options) => api.checkIn({ headers: of(identity, key), body }, options)),
    enquiryAnswer: (body, signal) => ask(signal, (_version, options) => api.enquiryAnswer(body, options)),
    supplyCase: (key, content, signal) =>
      ask(signal, async (version, options) =>
        api.supplyCase({ headers: keyed(key), body: writeIn(version, 'supplyCase', content) }, options),
      ),
    askCaseReview: (key, content, signal) =>
      ask(signal, async (version, options) =>
        api.askCaseReview({ headers: keyed(key), body: writeIn(version, 'askCaseReview', content) }, options),
      ),
  };
}

const bound = z.looseObject({ kioskId: z.string().trim().min(1), purpose: certificatePurpose });

/**
 * A look at somebody's certificates is for an item, a case, a material of it and a place, and made by a machine. One that
 * does not say all of it is no call, whatever the types were told.
 */
function forPurpose<A extends CertificateAsk, T>(
  call: (identity: string, ask: A, signal: AbortSignal | undefined) => Promise<Outcome<T>>,
) {
  return async (identity: string, ask: A, signal?: AbortSignal): Promise<Outcome<T>> =>
    bound.safeParse(ask).success
      ? call(identity, ask, signal)
      : { kind: 'refused', reason: 'no-purpose', detail: 'not sent: it does not say what for' };
}

/** The header wants a structured-field string: in quotes. */
export function keyed(key: string) {
  return { 'idempotency-key': `"${key}"` };
}

function of(identity: string): { [IDENTITY_HEADER]: string };
function of(identity: string, key: string): { [IDENTITY_HEADER]: string } & ReturnType<typeof keyed>;
function of(identity: string, key?: string) {
  return { [IDENTITY_HEADER]: identity, ...(key !== undefined && keyed(key)) };
}
