import { createORPCClient, ORPCError } from '@orpc/client';
import { type ContractRouterClient, ValidationError } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { Clock } from '../../contract/clock.ts';
import { VERSION_HEADER } from '../../contract/contract-version.ts';
import {
  type CaseReceipt,
  type CaseSubmission,
  type DeviceEventSubmission,
  type RatingSubmission,
  type Receipt,
  refusalReason,
  type RefusalReason,
  type ScanSubmission,
} from '../../contract/platform-api.ts';
import type { QueueLease, QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import { writeIn } from './contract-forms.ts';
import { readingApi, type ReadProgress } from './reading-api.ts';
import { type Heard, listening, SpokenVersions, VersionGap, type VersionGapReason } from './spoken-versions.ts';
import { platformFetch, TransportFailure, type TransportReason } from './transport.ts';

/**
 * `not-let-in`: no token for this certificate, or it is another kiosk's; nothing about the record is wrong. `stopped`: the
 * caller's signal ended the call.
 */
type RetryReason = Exclude<TransportReason, 'too-large'> | VersionGapReason | 'in-progress' | 'not-let-in' | 'stopped';
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
  progress(number: string, signal?: AbortSignal): Promise<Outcome<ReadProgress>>;
  /** What is wrong between the versions of this kiosk and of the platform, as far as that has said its own. */
  readonly versionGap: VersionGapReason | undefined;
}

export interface PlatformClientDeps {
  /** Base address, as in the configuration; a path before the calls' own is kept. */
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Longest time for one request with its answer: `write` for records, `ask` for health and progress. */
  readonly limitsMs: { readonly write: number; readonly ask: number };
  /** The version gap is another one now. */
  readonly onVersionGap?: () => void;
}

export function createPlatformClient(deps: PlatformClientDeps): PlatformClient {
  const link = new OpenAPILink<CallContext>(readingApi, {
    url: deps.url,
    // A health call is understood in every version, and so tells which ones there are.
    headers: ({ context: { version } }) => (version === undefined ? {} : { [VERSION_HEADER]: String(version) }),
    fetch: (request, _init, { context: { limit, heard } }) =>
      platformFetch({ ...deps, fetch: listening(deps.fetch, heard) }, request, deps.limitsMs[limit]),
    plugins: [new ResponseValidationPlugin(readingApi)],
  });
  const api: ContractRouterClient<typeof readingApi, CallContext> = createORPCClient(link);
  const spoken = new SpokenVersions(deps.onVersionGap ?? (() => undefined));

  const within = (limit: CallContext['limit'], signal: AbortSignal | undefined, rest: Omit<CallContext, 'limit'>) => ({
    context: { limit, ...rest },
    ...(signal && { signal }),
  });
  const call = <T>(
    limit: CallContext['limit'],
    signal: AbortSignal | undefined,
    send: (version: number, options: ReturnType<typeof within>) => Promise<T>,
  ) =>
    outcome(
      spoken.call((version, heard) => send(version, within(limit, signal, { version, heard }))),
      signal,
    );
  return {
    get versionGap() {
      return spoken.gap;
    },
    health(signal) {
      const heard: Heard = {};
      const asked = api.health(undefined, within('ask', signal, { heard })).then((answer) => {
        spoken.hear(heard);
        return answer;
      });
      return outcome(asked, signal);
    },
    submitCase: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitCase({ headers: keyed(key), body: writeIn(version, 'submitCase', content) }, options),
      ),
    submitScan: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitScan({ headers: keyed(key), body: writeIn(version, 'submitScan', content) }, options),
      ),
    submitRating: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitRating({ headers: keyed(key), body: writeIn(version, 'submitRating', content) }, options),
      ),
    submitDeviceEvent: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitDeviceEvent({ headers: keyed(key), body: writeIn(version, 'submitDeviceEvent', content) }, options),
      ),
    submitSelfTest: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitSelfTest({ headers: keyed(key), body: writeIn(version, 'submitSelfTest', content) }, options),
      ),
    submitQueueTicket: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.submitQueueTicket({ headers: keyed(key), body: writeIn(version, 'submitQueueTicket', content) }, options),
      ),
    leaseQueueNumbers: (key, content, signal) =>
      call('ask', signal, async (version, options) =>
        api.leaseQueueNumbers({ headers: keyed(key), body: writeIn(version, 'leaseQueueNumbers', content) }, options),
      ),
    progress: (number, signal) => call('ask', signal, (_version, options) => api.progress({ number }, options)),
  };
}

interface CallContext {
  readonly limit: keyof PlatformClientDeps['limitsMs'];
  /** In which the call is made. */
  readonly version?: number;
  readonly heard: Heard;
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
  if (error instanceof VersionGap) return { kind: 'retry', reason: error.reason, detail: error.message };
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
