import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { hallDay } from '../hall-time.ts';
import type { HandedOver } from '../reconcile/handed-over.ts';
import type { CaseRecords } from '../case/case-records.ts';
import type { PageFiles } from '../case/page-files.ts';
import type { OutboxRow } from '../outbox/outbox.ts';
import type { Seal } from '../store/seal.ts';
import { readRecord } from './outgoing.ts';
import type { PlatformClient } from './platform-client.ts';
import type { Courier } from './sync.ts';

export interface CaseCourierDeps {
  readonly cases: CaseRecords;
  readonly pages: PageFiles;
  readonly seal: Seal;
  readonly platform: PlatformClient;
  readonly handedOver: HandedOver;
}

/** What the platform said to a record that arrived. */
export type CaseArrival = { readonly receivedAt: string; readonly officialNumber?: string };

/** Cases, their pages and their ratings. */
export function caseCourier({
  cases,
  pages,
  seal,
  platform,
  handedOver,
}: CaseCourierDeps): Courier<OutboxRow, CaseArrival> {
  /** Of what is on its way, as it was sent. */
  const digests = new WeakMap<OutboxRow, Buffer>();
  return {
    async send(row, signal) {
      const record = readRecord(row, seal, pages);
      if (!record.ok) return { kind: 'needs-staff', reason: record.reason };
      if (record.value.step !== 'scan') digests.set(row, digestOf(record.value.content));
      switch (record.value.step) {
        case 'case':
          return platform.submitCase(row.id, record.value.content, signal);
        case 'scan':
          return platform.submitScan(row.id, record.value.content, signal);
        default:
          return platform.submitRating(row.id, record.value.content, signal);
      }
    },
    arrived(row, { officialNumber, receivedAt }) {
      if (officialNumber !== undefined) cases.bind(row.caseId, officialNumber, receivedAt);
      const digest = digests.get(row);
      if (digest && row.step !== 'scan') handedOver.add(row.id, row.step, hallDay(new Date(receivedAt)), digest);
    },
  };
}

/** As the platform makes it of what arrives: see `reconciliation.ts` of the contract. */
function digestOf(content: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(content), 'utf8').digest();
}
