import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { StandardOpenAPILink } from '@orpc/openapi-client/standard';
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
import type { EnquirySubmission } from '../../contract/enquiry-calls.ts';
import type { GuideRatingSubmission } from '../../contract/guide-rating-calls.ts';
import type { QueueLease, QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { DocumentVerdict, PublicResultPage } from '../../contract/result-calls.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import { type Written, writeIn } from './contract-forms.ts';
import type { ComparedKind } from '../../contract/reconciliation.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import type { DaySummary, RecordDigest } from '../../domain/reconciliation.ts';
import { type CitizenClient, createCitizenClient, keyed } from './citizen-client.ts';
import { type Outcome, outcome } from './outcome.ts';
import { readingApi, type ReadProgress } from './reading-api.ts';
import { type Heard, listening, SpokenVersions, type VersionGapReason } from './spoken-versions.ts';
import type { PlatformFetch } from './platform-fetch.ts';
import { type CallContext, platformSender } from './platform-sender.ts';
import { type PageUpload, uploadPage } from './upload-page.ts';

/** The platform as core sees it. A write with the same key and content may be repeated any number of times. */
export interface PlatformClient extends CitizenClient {
  health(signal?: AbortSignal): Promise<Outcome<{ readonly time: string }>>;
  submitCase(key: string, submission: CaseSubmission, signal?: AbortSignal): Promise<Outcome<Compared<CaseReceipt>>>;
  /** Goes on with the upload that was begun. `done`: the platform has the page, its hash is right, and that is committed. */
  uploadPage(upload: PageUpload, signal?: AbortSignal): Promise<Outcome<null>>;
  submitRating(key: string, submission: RatingSubmission, signal?: AbortSignal): Promise<Outcome<Compared<Receipt>>>;
  submitDeviceEvent(key: string, event: DeviceEventSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitSelfTest(key: string, report: SelfTestReport, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitQueueTicket(key: string, ticket: QueueTicketSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  leaseQueueNumbers(key: string, request: QueueLeaseRequest, signal?: AbortSignal): Promise<Outcome<QueueLease>>;
  submitEnquiry(key: string, enquiry: EnquirySubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  submitGuideRating(key: string, rating: GuideRatingSubmission, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  progress(number: string, signal?: AbortSignal): Promise<Outcome<ReadProgress>>;
  /** What is wrong between the versions of this kiosk and of the platform, as far as that has said its own. */
  readonly versionGap: VersionGapReason | undefined;
  reportConfiguration(key: string, report: ConfigReport, signal?: AbortSignal): Promise<Outcome<Receipt>>;
  /** What the platform has for this kiosk after a cursor. */
  changes(kioskId: string, after: string, signal?: AbortSignal): Promise<Outcome<ChangePage>>;
  /** What the platform received from this kiosk on a day (YYYY-MM-DD, by the platform's clock). */
  daySummaries(kioskId: string, day: string, signal?: AbortSignal): Promise<Outcome<DaySummaries>>;
  dayRecords(kioskId: string, day: string, kind: ComparedKind, signal?: AbortSignal): Promise<Outcome<DayRecords>>;
  /** What a hall granted, as everybody may read it. */
  publicResults(
    ask: { readonly kioskId: string; readonly hallCode: string; readonly before?: number },
    signal?: AbortSignal,
  ): Promise<Outcome<PublicResultPage>>;
  /** Whether a document is as it was sealed; by its hash. */
  checkDocument(
    ask: { readonly kioskId: string; readonly document: string; readonly sha256: string },
    signal?: AbortSignal,
  ): Promise<Outcome<DocumentVerdict>>;
  catalogueHead(signal?: AbortSignal): Promise<Outcome<CatalogueHead>>;
  /** One page of what changed between two versions, after a code. */
  catalogueChanges(
    range: { readonly from: number; readonly to: number; readonly after: string },
    signal?: AbortSignal,
  ): Promise<Outcome<{ readonly changes: readonly CatalogueChange[]; readonly more: boolean }>>;
}

/**
 * `digest` (32 bytes, hex): what the daily comparison knows the record by where it went in another form than ours; without it
 * the digest of our content, as the contract says.
 */
export type Compared<R> = R & { readonly digest?: string };

interface DaySummaries {
  readonly summaries: readonly (DaySummary & { readonly kind: string })[];
}
interface DayRecords {
  readonly records: readonly RecordDigest[];
}

export interface PlatformClientDeps {
  /** Base address, as in the configuration; a path before the calls' own is kept. */
  readonly url: string;
  readonly fetch: PlatformFetch;
  readonly clock: Clock;
  /** Longest time for one request with its answer: `write` for records, `ask` for health and progress. */
  readonly limitsMs: { readonly write: number; readonly ask: number };
  /** The version gap is another one now. */
  readonly onVersionGap?: () => void;
}

export function createPlatformClient(deps: PlatformClientDeps): PlatformClient {
  const link = new StandardOpenAPILink<CallContext>(readingApi, platformSender(deps), {
    url: deps.url,
    // A health call is understood in every version, and so tells which ones there are.
    headers: ({ context: { version } }) => (version === undefined ? {} : { [VERSION_HEADER]: String(version) }),
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
  /** A record, in the words of the version that is spoken. */
  const write = <Call extends keyof Written, T>(
    name: Call,
    key: string,
    content: Written[Call],
    send: (
      input: { headers: ReturnType<typeof keyed>; body: Written[Call] },
      options: ReturnType<typeof within>,
    ) => Promise<T>,
    signal: AbortSignal | undefined,
    limit: CallContext['limit'] = 'write',
  ) =>
    call(limit, signal, async (version, options) =>
      send({ headers: keyed(key), body: writeIn(version, name, content) }, options),
    );
  return {
    ...createCitizenClient(api, (signal, send) => call('ask', signal, send)),
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
    submitCase: (key, content, signal) => write('submitCase', key, content, api.submitCase, signal),
    uploadPage: (upload, signal) =>
      call('write', signal, (_version, { context: { heard } }) =>
        uploadPage({ ...deps, fetch: listening(deps.fetch, heard), limitMs: deps.limitsMs.write }, upload, signal),
      ),
    submitRating: (key, content, signal) => write('submitRating', key, content, api.submitRating, signal),
    submitDeviceEvent: (key, content, signal) =>
      write('submitDeviceEvent', key, content, api.submitDeviceEvent, signal),
    submitSelfTest: (key, content, signal) => write('submitSelfTest', key, content, api.submitSelfTest, signal),
    submitQueueTicket: (key, content, signal) =>
      write('submitQueueTicket', key, content, api.submitQueueTicket, signal),
    submitEnquiry: (key, content, signal) => write('submitEnquiry', key, content, api.submitEnquiry, signal),
    submitGuideRating: (key, content, signal) =>
      write('submitGuideRating', key, content, api.submitGuideRating, signal),
    leaseQueueNumbers: (key, content, signal) =>
      write('leaseQueueNumbers', key, content, api.leaseQueueNumbers, signal, 'ask'),
    progress: (number, signal) => call('ask', signal, (_version, options) => api.progress({ number }, options)),
    reportConfiguration: (key, content, signal) =>
      write('reportConfiguration', key, content, api.reportConfiguration, signal),
    changes: (kioskId, after, signal) =>
      call('write', signal, (_version, options) => api.changes({ kioskId, after }, options)),
    daySummaries: (kioskId, day, signal) =>
      call('write', signal, (_version, options) => api.daySummaries({ kioskId, day }, options)),
    dayRecords: (kioskId, day, kind, signal) =>
      call('write', signal, (_version, options) => api.dayRecords({ kioskId, day, kind }, options)),
    publicResults: (ask, signal) => call('ask', signal, (_version, options) => api.publicResults(ask, options)),
    checkDocument: (ask, signal) => call('ask', signal, (_version, options) => api.checkDocument(ask, options)),
    catalogueHead: (signal) => call('ask', signal, (_version, options) => api.catalogueHead(undefined, options)),
    catalogueChanges: (range, signal) =>
      call('write', signal, (_version, options) => api.catalogueChanges(range, options)),
  };
}
