import { createORPCClient, ORPCError } from '@orpc/client';
import { type ContractRouterClient, ValidationError } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { Clock } from '../../contract/clock.ts';
import {
  type CaseProgress,
  type CaseReceipt,
  type CaseSubmission,
  type DeviceEventSubmission,
  type PlatformApi,
  platformApi,
  type RatingSubmission,
  type Receipt,
  refusalReason,
  type RefusalReason,
  type ScanSubmission,
} from '../../contract/platform-api.ts';
import type { QueueLease, QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import { platformFetch, TransportFailure, type TransportReason } from './transport.ts';

/**
 * `not-let-in`: no token for this certificate, or it is another kiosk's; nothing about the record is wrong. `stopped`: the
 * caller's signal ended the call.
 */
type RetryReason = Exclude<TransportReason, 'too-large'> | 'in-progress' | 'not-let-in' | 'stopped';
/** `invalid`: the platform says the content breaks the contract; `rejected`: it refuses without a reason known here. */
type StaffReason = RefusalReason | 'key-reused' | 'unknown-case' | 'invalid' | 'too-large' | 'rejected';

/** The four kinds of outcome. `detail` is technical and has no personal data. */
type Failure =
  | { readonly kind: 'refused'; readonly reason: 'unknown-number' }
  /** `afterMs`: the platform asked not to come again earlier. */
  | { readonly kind: 'retry'; readonly reason: RetryReason; readonly detail: string; readonly afterMs?: number }
  | { readonly kind: 'needs-staff'; readonly reason: StaffReason; readonly detail: string };
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | Failure;

/** The platform as core sees it. A write with the same key and content may be repeated any number of times. */
export interface PlatformClient {
  health(signal?: AbortSignal): Promise<Outcome<{ readonly time: string }>>;
  submitCase(key: string, submission: CaseSubmission, signal?: AbortSignal): Promise<Outcome<CaseReceipt>>;
  submitScan(key: string, submission: ScanSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitRating(key: string, submission: RatingSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitDeviceEvent(key: string, event: DeviceEventSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitSelfTest(key: string, report: SelfTestReport, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitQueueTicket(key: string, ticket: QueueTicketSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  leaseQueueNumbers(key: string, request: QueueLeaseRequest, signal?: AbortSignal): Promise<Outcome<QueueLease>>;
  progress(number: string, signal?: AbortSignal): Promise<Outcome<CaseProgress>>;
}

export interface PlatformClientDeps {
  /** Base address, as in the configuration; a path before the calls' own is kept. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Longest time for one request with its answer: `write` for records, `ask` for health and progress. */
  readonly limitsMs: { readonly write: number; readonly ask: number };
}

export function createPlatformClient(deps: PlatformClientDeps): PlatformClient {
  const link = new OpenAPILink<CallContext>(platformApi, {
    url: deps.url,
    fetch: (request, _init, options) => platformFetch(deps, request, deps.limitsMs[options.context.limit]),
    plugins: [new ResponseValidationPlugin(platformApi)],
  });
  const api: ContractRouterClient<PlatformApi, CallContext> = createORPCClient(link);
  return {
    health: (signal) => outcome(api.health(undefined, within('ask', signal)), signal),
    submitCase: (key, body, signal) =>
      outcome(api.submitCase({ headers: keyed(key), body }, within('write', signal)), signal),
    submitScan: (key, body, signal) =>
      outcome(api.submitScan({ headers: keyed(key), body }, within('write', signal)), signal),
    submitRating: (key, body, signal) =>
      outcome(api.submitRating({ headers: keyed(key), body }, within('write', signal)), signal),
    submitDeviceEvent: (key, body, signal) =>
      outcome(api.submitDeviceEvent({ headers: keyed(key), body }, within('write', signal)), signal),
    submitSelfTest: (key, body, signal) =>
      outcome(api.submitSelfTest({ headers: keyed(key), body }, within('write', signal)), signal),
    submitQueueTicket: (key, body, signal) =>
      outcome(api.submitQueueTicket({ headers: keyed(key), body }, within('write', signal)), signal),
    leaseQueueNumbers: (key, body, signal) =>
      outcome(api.leaseQueueNumbers({ headers: keyed(key), body }, within('ask', signal)), signal),
    progress: (number, signal) => outcome(api.progress({ number }, within('ask', signal)), signal),
  };
}

interface CallContext {
  readonly limit: keyof PlatformClientDeps['limitsMs'];
}

function within(limit: CallContext['limit'], signal: AbortSignal | undefined) {
  return { context: { limit }, ...(signal && { signal }) };
}

/** The header wants a structured-field string: in quotes. */
function keyed(key: string) {
  return { 'idempotency-key': `"${key}"` };
}

async function outcome<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await call };
  } catch (error) {
    if (signal?.aborted) return { kind: 'retry', reason: 'stopped', detail: 'ended by the caller' };
    return classify(error);
  }
}

/** What a failed call means for its record. Throws what is not a failure of the call but a bug here. */
function classify(error: unknown): Failure {
  if (error instanceof TransportFailure) {
    if (error.reason === 'too-large') return staff('too-large', error.message);
    return {
      kind: 'retry',
      reason: error.reason,
      detail: error.message,
      ...(error.retryAfterMs !== undefined && { afterMs: error.retryAfterMs }),
    };
  }
  // JSON with a good status that is not the promised answer: not the platform's word that it has the record.
  if (error instanceof ValidationError) return { kind: 'retry', reason: 'not-understood', detail: error.message };
  if (error instanceof ORPCError) return classifyAnswer(error);
  throw error;
}

function classifyAnswer(error: ORPCError<string, unknown>): Failure {
  const detail = `${error.status} ${error.code}`;
  switch (error.code) {
    case 'IN_PROGRESS':
      return { kind: 'retry', reason: 'in-progress', detail };
    case 'UNAUTHORIZED':
    case 'OTHER_DEVICE':
      return { kind: 'retry', reason: 'not-let-in', detail };
    case 'UNKNOWN_NUMBER':
      return { kind: 'refused', reason: 'unknown-number' };
    case 'KEY_REUSED':
      return staff('key-reused', detail);
    case 'UNKNOWN_CASE':
      return staff('unknown-case', detail);
    case 'REFUSED':
      return staff(reasonOf(error.data), detail);
    case 'BAD_REQUEST':
      return staff('invalid', detail);
    default:
      return staff('rejected', detail);
  }
}

function staff(reason: StaffReason, detail: string): Failure {
  return { kind: 'needs-staff', reason, detail };
}

function reasonOf(data: unknown): StaffReason {
  const reason = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : undefined;
  return refusalReason.safeParse(reason).data ?? 'rejected';
}
