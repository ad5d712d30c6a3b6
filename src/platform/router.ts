import { implement } from '@orpc/server';
import type { ZodType } from 'zod';
import type { Clock } from '../contract/clock.ts';
import { caseReceipt, platformApi, receipt, type RefusalReason } from '../contract/platform-api.ts';
import { queueLease } from '../contract/queue-records.ts';
import { comparedContent } from '../domain/compared-content.ts';
import { assertNever, type Result } from '../domain/result.ts';
import type { PublishedCatalogue } from './catalogue.ts';
import { endOfDay } from './day-records.ts';
import type { Faults } from './faults.ts';
import type { Device } from './devices.ts';
import type { Records } from './records.ts';
import type { PlatformStore } from './store.ts';
import type { Tokens } from './tokens.ts';
import type { UploadRefusal } from './uploads.ts';

export interface RouterDeps {
  readonly store: PlatformStore;
  readonly catalogue: PublishedCatalogue;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly clock: Pick<Clock, 'now'>;
}

export interface CallContext {
  /** The kiosk behind the call; undefined where kiosks are not told apart, over plain HTTP. */
  readonly device: Device | undefined;
  readonly dropConnection: () => void;
}

type WriteRefusal = Exclude<RefusalReason, UploadRefusal> | 'in-progress' | 'key-reused' | 'unknown-case';
type OwnWriteRefusal = Exclude<WriteRefusal, 'unknown-case'>;
interface OwnWriteErrors {
  IN_PROGRESS(): Error;
  KEY_REUSED(): Error;
  REFUSED(options: { data: { reason: RefusalReason } }): Error;
}
interface WriteErrors extends OwnWriteErrors {
  UNKNOWN_CASE(): Error;
}

/** What the handler of such a call is given, as far as it is used. */
interface OwnWriteCall<B> {
  readonly input: { readonly headers: { readonly 'idempotency-key': string }; readonly body: B };
  readonly errors: OwnWriteErrors & { OTHER_DEVICE(): Error };
  readonly context: CallContext;
  readonly signal?: AbortSignal | undefined;
}

/** The contract's calls on the store. */
export function createRouter({ store, catalogue, tokens, faults, clock }: RouterDeps) {
  const server = implement(platformApi).$context<CallContext>();

  /** A record of a kiosk's own: from that kiosk only, and once. */
  const takeOwn = async <B extends { readonly kioskId: string }, T>(
    operation: string,
    { input: { headers, body }, errors, context: { device }, signal }: OwnWriteCall<B>,
    answerSchema: ZodType<T>,
    work: (records: Records, body: B, at: Date) => Promise<Result<T, OwnWriteRefusal>>,
  ): Promise<T> => {
    if (device && device.kioskId !== body.kioskId) throw errors.OTHER_DEVICE();
    const answer = await store.takeIn(
      { key: headers['idempotency-key'], operation, content: body },
      () => faults.mayBegin(signal),
      answerSchema,
      (records) => work(records, body, clock.now()),
    );
    if (!answer.ok) throw ownWriteError(answer.reason, errors);
    return answer.value;
  };

  return server.router({
    health: server.health.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return { time: clock.now().toISOString() };
    }),
    requestToken: server.requestToken.handler(async ({ input: { kioskId }, errors, context: { device }, signal }) => {
      await faults.mayBegin(signal);
      if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
      return tokens.issue({ kioskId, fingerprint: device?.fingerprint ?? '' });
    }),
    catalogueHead: server.catalogueHead.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return catalogue.head();
    }),
    catalogueChanges: server.catalogueChanges.handler(async ({ input: { from, to, after }, signal }) => {
      await faults.mayBegin(signal);
      return catalogue.changes(from, to, after);
    }),
    submitCase: server.submitCase.handler(async ({ input: { headers, body }, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== body.kioskId) throw errors.OTHER_DEVICE();
      const request = { key: headers['idempotency-key'], operation: 'case', content: comparedContent(body) };
      const answer = await store.takeIn(
        request,
        () => faults.mayBegin(signal),
        caseReceipt,
        (records) => records.addCase(body, clock.now()),
      );
      if (!answer.ok) throw writeError(answer.reason, errors);
      return answer.value;
    }),
    submitRating: server.submitRating.handler(async ({ input: { headers, body }, errors, signal }) => {
      const request = { key: headers['idempotency-key'], operation: 'rating', content: comparedContent(body) };
      const answer = await store.takeIn(
        request,
        () => faults.mayBegin(signal),
        receipt,
        (records) => records.addRating(body, clock.now()),
      );
      if (!answer.ok) throw writeError(answer.reason, errors);
      return answer.value;
    }),
    submitSelfTest: server.submitSelfTest.handler((call) =>
      takeOwn('self-test', call, receipt, (records, body, at) => records.addSelfTest(body, at)),
    ),
    submitDeviceEvent: server.submitDeviceEvent.handler((call) =>
      takeOwn('device-event', call, receipt, (records, body, at) => records.addDeviceEvent(body, at)),
    ),
    reportConfiguration: server.reportConfiguration.handler((call) =>
      takeOwn('configuration-report', call, receipt, (records, body, at) => records.addConfigReport(body, at)),
    ),
    leaseQueueNumbers: server.leaseQueueNumbers.handler((call) =>
      takeOwn('queue-lease', call, queueLease, (records, body, at) => records.leaseNumbers(body, at)),
    ),
    submitQueueTicket: server.submitQueueTicket.handler((call) =>
      takeOwn('queue-ticket', call, receipt, (records, body, at) => records.addTicket(body, at)),
    ),
    changes: server.changes.handler(async ({ input: { kioskId, after }, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
      await faults.mayBegin(signal);
      const page = await store.changes(kioskId, after);
      if (!page.ok) throw errors.CURSOR_UNKNOWN();
      return page.value;
    }),
    daySummaries: server.daySummaries.handler(
      async ({ input: { kioskId, day }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        if (endOfDay(day) > clock.now()) throw errors.DAY_NOT_OVER();
        return { summaries: [...(await store.summaries(kioskId, day))] };
      },
    ),
    dayRecords: server.dayRecords.handler(
      async ({ input: { kioskId, day, kind }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        if (endOfDay(day) > clock.now()) throw errors.DAY_NOT_OVER();
        return { records: [...(await store.dayRecords(kioskId, day, kind))] };
      },
    ),
    progress: server.progress.handler(async ({ input, errors, signal }) => {
      await faults.mayBegin(signal);
      const answer = await store.progress(input.number, clock.now());
      if (!answer.ok) throw errors.UNKNOWN_NUMBER();
      return answer.value;
    }),
  });
}

function writeError(reason: WriteRefusal, errors: WriteErrors): Error {
  return reason === 'unknown-case' ? errors.UNKNOWN_CASE() : ownWriteError(reason, errors);
}

function ownWriteError(reason: OwnWriteRefusal, errors: OwnWriteErrors): Error {
  switch (reason) {
    case 'in-progress':
      return errors.IN_PROGRESS();
    case 'key-reused':
      return errors.KEY_REUSED();
    case 'content-differs':
    case 'already-rated':
    case 'wrong-day':
    case 'number-not-leased':
    case 'number-taken':
      return errors.REFUSED({ data: { reason } });
    default:
      return assertNever(reason);
  }
}
