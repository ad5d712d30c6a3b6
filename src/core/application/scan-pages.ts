import type { ScanEvent } from '../../contract/scan-view.ts';
import { hasRoomForPage, type ApplicationDraft } from '../../domain/application.ts';
import { chooseScan, type ScanSource } from '../../domain/document-scan.ts';
import type { DeviceLink } from '../device/device-link.ts';
import type { Service } from '../service.ts';
import { keepPage } from './keep-page.ts';
import { applicationViewOf } from './views.ts';

export interface ScanDeps {
  readonly devices: Pick<DeviceLink, 'scannerCapabilities' | 'scan'>;
  readonly service: Parameters<typeof keepPage>[0] & Pick<Service, 'log'>;
  /** The application as it is now: the person may have changed it while the paper moved. */
  readonly draft: () => ApplicationDraft | undefined;
  readonly keep: (draft: ApplicationDraft) => void;
}

type Failure = Extract<ScanEvent, { kind: 'failed' }>['reason'];
const failed = (reason: Failure): ScanEvent => ({ kind: 'failed', reason });

/**
 * One scan of pages of a material. A page is on the disk before it is told of. Leaving, and the first page that cannot be kept,
 * cancel the rest at the device.
 */
export async function* scanPages(
  { devices, service, draft, keep }: ScanDeps,
  { material, source }: { readonly material: string; readonly source: ScanSource },
  signal: AbortSignal,
): AsyncGenerator<ScanEvent, void, undefined> {
  const now = draft();
  // No paper is moved for a page that there is no room for.
  if (!now || !hasRoomForPage(now, material).ok) return yield failed('too-many-pages');
  const able = await devices.scannerCapabilities();
  if (!able.ok) return yield failed(able.reason);
  const request = chooseScan(able.value, source);
  if (!request.ok) return yield failed(request.reason);
  for await (const event of devices.scan(request.value, signal)) {
    const current = draft();
    if (signal.aborted || !current) return;
    if (event.kind !== 'page') return yield event.kind === 'finished' ? { kind: 'finished' } : failed(event.reason);
    const kept = keepPage(service, current, material, Buffer.from(event.image, 'base64'));
    if (!kept.ok) {
      const reason = failureOf(kept.reason);
      if (reason === 'page-too-large' || reason === 'scanner-fault') service.log('core.page-refused', { reason });
      return yield failed(reason);
    }
    keep(kept.value.draft);
    const preview = Buffer.from(kept.value.jpeg).toString('base64');
    yield { kind: 'page', application: applicationViewOf(kept.value.draft), preview };
  }
}

function failureOf(reason: Exclude<ReturnType<typeof keepPage>, { ok: true }>['reason']): Failure {
  switch (reason) {
    case 'too-large':
      return 'page-too-large';
    case 'not-a-jpeg':
      return 'scanner-fault';
    // The material fell away with an answer that was changed meanwhile.
    case 'unknown-material':
    case 'too-many-pages':
      return 'too-many-pages';
    default:
      return 'not-stored';
  }
}
