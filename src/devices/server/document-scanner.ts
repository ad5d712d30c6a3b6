import type { CapabilitiesAnswer, ScanPageEvent } from '../../contract/device-api.ts';
import type { ScanFailure } from '../../contract/device-failures.ts';
import type { ScanRequest } from '../../domain/document-scan.ts';
import { refused } from '../../domain/result.ts';
import type { Cut, Lease } from '../lease.ts';
import { ASK_LIMIT_MS } from '../limits.ts';
import type { BorrowFailure } from '../managed-device.ts';
import { stream } from '../stream.ts';
import { checkPage } from './check-page.ts';
import type { ServerDeps } from './serve.ts';

export async function scannerCapabilities({ supervisor }: ServerDeps): Promise<CapabilitiesAnswer> {
  const borrowed = await supervisor.borrow('document-scanner', new AbortController().signal, 'refuse');
  if (!borrowed.ok) return { ok: false, reason: scanRefusal(borrowed.reason) };
  const lease = borrowed.value;
  const asked = await lease.ask((device, leave) => device.capabilities(leave), ASK_LIMIT_MS);
  const answer = asked.ok ? asked.value : refused(cutShort(asked.reason));
  await lease.release({ use: 'unused', suspect: !answer.ok });
  return answer.ok ? answer : { ok: false, reason: answer.reason };
}

export function scan(
  deps: ServerDeps,
  request: ScanRequest,
  signal: AbortSignal,
): AsyncGenerator<ScanPageEvent, void, undefined> {
  return stream(signal, async (emit, leave) => {
    const borrowed = await deps.supervisor.borrow('document-scanner', leave, 'take-over');
    if (!borrowed.ok) {
      if (!leave.aborted) emit({ kind: 'failed', reason: scanRefusal(borrowed.reason) });
      return;
    }
    const lease = borrowed.value;
    const end = await scanWith(lease, request, emit);
    const failure = end === 'finished' || end === 'left' ? undefined : end;
    if (failure) {
      deps.log('devices.use-failed', { device: lease.id, reason: failure });
      emit({ kind: 'failed', reason: failure });
    }
    const use = failure ? 'failed' : end === 'finished' ? 'ok' : 'unused';
    await lease.release({ use, suspect: failure === 'scanner-fault' || failure === 'scanner-absent' });
  });
}

/** Hands on pages until the end or the first failure. `left`: nobody wants the rest. */
async function scanWith(
  lease: Lease<'document-scanner'>,
  request: ScanRequest,
  emit: (event: ScanPageEvent) => void,
): Promise<ScanFailure | 'finished' | 'left'> {
  let finished = false;
  let failure: ScanFailure | undefined;
  const ended = await lease.ask(async (device, leave) => {
    for await (const event of device.scan(request, leave)) {
      if (event.kind === 'failed') failure = event.reason;
      else if (event.kind === 'finished') {
        finished = true;
        emit(event);
      } else {
        const checked = checkPage(event.image);
        if (checked.ok) emit({ kind: 'page', type: checked.value.type, image: base64(event.image.bytes) });
        else failure = checked.reason;
      }
      // Leaving the loop early cancels the job at the device.
      if (failure || finished) return;
    }
  });
  if (finished) return 'finished';
  if (lease.signal.aborted) return 'left';
  return failure ?? cutShort(ended.ok ? 'unplugged' : ended.reason);
}

function scanRefusal(reason: BorrowFailure): ScanFailure {
  if (reason === 'busy') return 'busy';
  return reason === 'faulty' ? 'scanner-fault' : 'scanner-absent';
}

function cutShort(cut: Cut): ScanFailure {
  return cut === 'unplugged' || cut === 'given-up' ? 'scanner-absent' : 'scanner-fault';
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
