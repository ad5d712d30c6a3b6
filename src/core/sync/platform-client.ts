import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { Clock } from '../../contract/clock.ts';
import type { ChangePage } from '../../contract/changes.ts';
import { VERSION_HEADER } from '../../contract/contract-version.ts';
import {
  type CatalogueChange,
  type CatalogueHead,
  type CaseReceipt,
  type CaseSubmission,
  type DeviceEventSubmission,
  type RatingSubmission,
  type Receipt,
} from '../../contract/platform-api.ts';
import type { QueueLease, QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import { writeIn } from './contract-forms.ts';
import type { ComparedKind } from '../../contract/reconciliation.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import type { DaySummary, RecordDigest } from '../../domain/reconciliation.ts';
import { type Outcome, outcome } from './outcome.ts';
import { readingApi, type ReadProgress } from './reading-api.ts';
import { type Heard, listening, SpokenVersions, type VersionGapReason } from './spoken-versions.ts';
import { platformFetch } from './transport.ts';
import { type PageUpload, uploadPage } from './upload-page.ts';

/** The platform as core sees it. A write with the same key and content may be repeated any number of times. */
export interface PlatformClient {
  health(signal?: AbortSignal): Promise<Outcome<{ readonly time: string }>>;
  submitCase(key: string, submission: CaseSubmission, signal?: AbortSignal): Promise<Outcome<CaseReceipt>>;
  /** Goes on with the upload that was begun. `done`: the platform has the page, its hash is right, and that is committed. */
  uploadPage(upload: PageUpload, signal?: AbortSignal): Promise<Outcome<null>>;
  submitRating(key: string, submission: RatingSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitDeviceEvent(key: string, event: DeviceEventSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitSelfTest(key: string, report: SelfTestReport, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitQueueTicket(key: string, ticket: QueueTicketSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  leaseQueueNumbers(key: string, request: QueueLeaseRequest, signal?: AbortSignal): Promise<Outcome<QueueLease>>;
  progress(number: string, signal?: AbortSignal): Promise<Outcome<ReadProgress>>;
  /** What is wrong between the versions of this kiosk and of the platform, as far as that has said its own. */
  readonly versionGap: VersionGapReason | undefined;
  reportConfiguration(key: string, report: ConfigReport, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  /** What the platform has for this kiosk after a cursor. */
  changes(kioskId: string, after: string, signal?: AbortSignal): Promise<Outcome<ChangePage>>;
  /** What the platform received from this kiosk on a day (YYYY-MM-DD, by the platform's clock). */
  daySummaries(kioskId: string, day: string, signal?: AbortSignal): Promise<Outcome<DaySummaries>>;
  dayRecords(kioskId: string, day: string, kind: ComparedKind, signal?: AbortSignal): Promise<Outcome<DayRecords>>;
  catalogueHead(signal?: AbortSignal): Promise<Outcome<CatalogueHead>>;
  /** One page of what changed between two versions, after a code. */
  catalogueChanges(
    range: { readonly from: number; readonly to: number; readonly after: string },
    signal?: AbortSignal,
  ): Promise<Outcome<{ readonly changes: readonly CatalogueChange[]; readonly more: boolean }>>;
}

interface DaySummaries {
  readonly summaries: readonly (DaySummary & { readonly kind: string })[];
}
interface DayRecords {
  readonly records: readonly RecordDigest[];
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
    uploadPage: (upload, signal) =>
      call('write', signal, (_version, { context: { heard } }) =>
        uploadPage({ ...deps, fetch: listening(deps.fetch, heard), limitMs: deps.limitsMs.write }, upload, signal),
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
    reportConfiguration: (key, content, signal) =>
      call('write', signal, async (version, options) =>
        api.reportConfiguration(
          { headers: keyed(key), body: writeIn(version, 'reportConfiguration', content) },
          options,
        ),
      ),
    changes: (kioskId, after, signal) =>
      call('write', signal, (_version, options) => api.changes({ kioskId, after }, options)),
    daySummaries: (kioskId, day, signal) =>
      call('write', signal, (_version, options) => api.daySummaries({ kioskId, day }, options)),
    dayRecords: (kioskId, day, kind, signal) =>
      call('write', signal, (_version, options) => api.dayRecords({ kioskId, day, kind }, options)),
    catalogueHead: (signal) => call('ask', signal, (_version, options) => api.catalogueHead(undefined, options)),
    catalogueChanges: (range, signal) =>
      call('write', signal, (_version, options) => api.catalogueChanges(range, options)),
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
