import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import type { Clock } from '../../contract/clock.ts';
import type { ChangePage } from '../../contract/changes.ts';
import {
  type CatalogueChange,
  type CatalogueHead,
  type CaseProgress,
  type CaseReceipt,
  type CaseSubmission,
  type DeviceEventSubmission,
  type PlatformApi,
  platformApi,
  type RatingSubmission,
  type Receipt,
} from '../../contract/platform-api.ts';
import type { ComparedKind } from '../../contract/reconciliation.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import type { DaySummary, RecordDigest } from '../../domain/reconciliation.ts';
import { type Outcome, outcome } from './outcome.ts';
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
  progress(number: string, signal?: AbortSignal): Promise<Outcome<CaseProgress>>;
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
    uploadPage: (upload, signal) =>
      outcome(uploadPage({ ...deps, limitMs: deps.limitsMs.write }, upload, signal), signal),
    submitRating: (key, body, signal) =>
      outcome(api.submitRating({ headers: keyed(key), body }, within('write', signal)), signal),
    submitDeviceEvent: (key, body, signal) =>
      outcome(api.submitDeviceEvent({ headers: keyed(key), body }, within('write', signal)), signal),
    submitSelfTest: (key, body, signal) =>
      outcome(api.submitSelfTest({ headers: keyed(key), body }, within('write', signal)), signal),
    progress: (number, signal) => outcome(api.progress({ number }, within('ask', signal)), signal),
    reportConfiguration: (key, body, signal) =>
      outcome(api.reportConfiguration({ headers: keyed(key), body }, within('write', signal)), signal),
    changes: (kioskId, after, signal) => outcome(api.changes({ kioskId, after }, within('write', signal)), signal),
    daySummaries: (kioskId, day, signal) =>
      outcome(api.daySummaries({ kioskId, day }, within('write', signal)), signal),
    dayRecords: (kioskId, day, kind, signal) =>
      outcome(api.dayRecords({ kioskId, day, kind }, within('write', signal)), signal),
    catalogueHead: (signal) => outcome(api.catalogueHead(undefined, within('ask', signal)), signal),
    catalogueChanges: (range, signal) => outcome(api.catalogueChanges(range, within('write', signal)), signal),
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
