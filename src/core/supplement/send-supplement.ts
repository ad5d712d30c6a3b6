import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Receipt } from '../../contract/platform-api.ts';
import type { PageFiles } from '../case/page-files.ts';
import { hallTime } from '../hall-time.ts';
import type { Transact } from '../store/transact.ts';
import { sendPage } from '../sync/case-courier.ts';
import type { Sent } from '../sync/courier.ts';
import type { SupplementDelivery } from '../sync/kiosk-courier.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { SupplementRecords } from './supplement-records.ts';

export interface SendSupplementDeps {
  readonly log: EventLog;
  readonly transact: Transact;
  readonly pages: Pick<PageFiles, 'read'>;
  readonly platform: Pick<PlatformClient, 'supplyCase' | 'uploadPage'>;
  readonly supplements: Pick<SupplementRecords, 'read' | 'uploadOf' | 'keepUpload'>;
}

/** How supplements go with the kiosk's own records. */
export function supplementDelivery(
  deps: SendSupplementDeps & {
    readonly clock: Pick<Clock, 'now'>;
    readonly supplements: Pick<SupplementRecords, 'arrived'>;
  },
): SupplementDelivery {
  return {
    send: (id, signal) => sendSupplement(deps, id, signal),
    arrived: (id) => deps.supplements.arrived(id, hallTime(deps.clock.now())),
  };
}

/**
 * Sends a supplement and, after it, its pages, which the platform expects from then on. The platform does the same request once
 * and a page that it has is not sent again, so all of it may be repeated.
 */
async function sendSupplement(
  { supplements, platform, ...deps }: SendSupplementDeps,
  id: string,
  signal: AbortSignal,
): Promise<Sent<Receipt>> {
  const content = supplements.read(id);
  if (!content.ok) return { kind: 'needs-staff', reason: content.reason };
  const supplied = await platform.supplyCase(id, content.value, signal);
  if (supplied.kind !== 'done') return supplied;
  const { caseId, at } = supplied.value;
  for (const { id: material, pages } of content.value.materials)
    for (const { id: pageId, sha256 } of pages) {
      const row = { id: pageId, upload: supplements.uploadOf(pageId) };
      const page = { id: pageId, caseId, material, sha256 };
      const sent = await sendPage({ ...deps, platform, outbox: supplements }, row, page, signal);
      if (sent.kind !== 'done') return sent;
    }
  return { kind: 'done', value: { receivedAt: at } };
}
