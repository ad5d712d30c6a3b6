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
}

/** What the platform said to a record that arrived. */
export type CaseArrival = { readonly receivedAt: string; readonly officialNumber?: string };

/** Cases, their pages and their ratings. */
export function caseCourier({ cases, pages, seal, platform }: CaseCourierDeps): Courier<OutboxRow, CaseArrival> {
  return {
    async send(row, signal) {
      const record = readRecord(row, seal, pages);
      if (!record.ok) return { kind: 'needs-staff', reason: record.reason };
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
    },
  };
}
