import { createHash } from 'node:crypto';
import type { EventLog } from '../../contract/log.ts';
import type { AnnouncedPage, CaseReceipt, Receipt } from '../../contract/platform-api.ts';
import type { CaseRecords } from '../case/case-records.ts';
import type { PageFiles } from '../case/page-files.ts';
import { comparedContent } from '../../domain/compared-content.ts';
import { hallDay } from '../hall-time.ts';
import type { Outbox, OutboxRow } from '../outbox/outbox.ts';
import { contentDigest } from '../reconcile/content-digest.ts';
import type { HandedOver } from '../reconcile/handed-over.ts';
import type { Seal } from '../store/seal.ts';
import type { Transact } from '../store/transact.ts';
import type { Courier, Sent } from './courier.ts';
import { readRecord } from './outgoing.ts';
import type { Compared, PlatformClient } from './platform-client.ts';

export interface CaseCourierDeps {
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Pick<Outbox, 'keepUpload'>;
  readonly cases: CaseRecords;
  readonly pages: Pick<PageFiles, 'read'>;
  readonly seal: Seal;
  readonly platform: PlatformClient;
  readonly handedOver: HandedOver;
}

/** What the platform said to a record that arrived; to a page it says nothing more. */
export type CaseArrival = Compared<CaseReceipt> | Compared<Receipt> | null;

/** Cases, their pages and their ratings. */
export function caseCourier(deps: CaseCourierDeps): Courier<OutboxRow, CaseArrival> {
  const { cases, seal, platform, handedOver } = deps;
  /** Of what is on its way. */
  const digests = new WeakMap<OutboxRow, Buffer>();
  return {
    async send(row, signal) {
      const record = readRecord(row, seal);
      if (!record.ok) return { kind: 'needs-staff', reason: record.reason };
      if (record.value.step !== 'scan') digests.set(row, contentDigest(comparedContent(record.value.content)));
      switch (record.value.step) {
        case 'case':
          return platform.submitCase(row.id, record.value.content, signal);
        case 'scan':
          return sendPage(deps, row, record.value.content, signal);
        default:
          return platform.submitRating(row.id, record.value.content, signal);
      }
    },
    arrived(row, answer) {
      if (answer && 'officialNumber' in answer) cases.bind(row.caseId, answer.officialNumber, answer.receivedAt);
      const digest = answer?.digest === undefined ? digests.get(row) : Buffer.from(answer.digest, 'hex');
      if (answer && digest && row.step !== 'scan')
        handedOver.add(row.id, row.step, hallDay(new Date(answer.receivedAt)), digest);
    },
  };
}

type SendPageDeps = Pick<CaseCourierDeps, 'log' | 'transact' | 'outbox' | 'pages'> & {
  readonly platform: Pick<PlatformClient, 'uploadPage'>;
};

/** The page is in memory in the clear as long as it is sent, and nowhere else. */
export async function sendPage(
  { log, transact, outbox, pages, platform }: SendPageDeps,
  { id, upload }: Pick<OutboxRow, 'id' | 'upload'>,
  page: AnnouncedPage,
  signal: AbortSignal,
): Promise<Sent<null>> {
  const image = pages.read(id);
  if (!image.ok) {
    return { kind: 'needs-staff', reason: image.reason === 'file-missing' ? 'page-missing' : 'sealed-broken' };
  }
  if (createHash('sha256').update(image.value).digest('hex') !== page.sha256) {
    return { kind: 'needs-staff', reason: 'content-broken' };
  }
  const onBegun = (url: string) => {
    if (signal.aborted) return;
    const written = transact(() => outbox.keepUpload(id, url));
    // The page goes all the same, and from its beginning if this try is cut.
    if (!written.ok) log('core.write-failed', { what: 'upload', cause: written.reason });
  };
  return platform.uploadPage({ page, image: image.value, begunAt: upload ?? undefined, onBegun }, signal);
}
