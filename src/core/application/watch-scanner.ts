import type { CapabilitiesAnswer } from '../../contract/device-api.ts';
import type { DeviceView } from '../../contract/device-classes.ts';
import type { ScannerView } from '../../contract/scan-view.ts';
import { scanFailure } from '../../contract/device-failures.ts';
import { chooseScan } from '../../domain/document-scan.ts';
import type { CoreRoom } from '../room.ts';
import { untilRung, Wake } from '../sync/wake.ts';

/** How the document scanner is, at once and at each change. Its lamp is lit meanwhile: the paper goes there. */
export async function* watchScanner(
  room: Pick<CoreRoom, 'deps' | 'cue'>,
  signal: AbortSignal,
): AsyncGenerator<ScannerView, void, undefined> {
  const { devices } = room.deps;
  const left = new AbortController();
  room.cue('document-scanner', AbortSignal.any([signal, left.signal]));
  const wake = new Wake();
  const stopListening = devices.onChange(() => wake.call());
  try {
    let told = '';
    let answer: CapabilitiesAnswer | undefined;
    while (!signal.aborted) {
      const usable = devices.isUsable('document-scanner');
      // Asked once for as long as it is there: the question itself is a change.
      if (!usable) answer = undefined;
      else if (!answer || isBusy(answer)) answer = await devices.scannerCapabilities();
      const view = answer ? offer(answer) : unusable(devices.devices);
      const text = JSON.stringify(view);
      if (text !== told && !signal.aborted) yield view;
      told = text;
      await untilRung(wake, signal);
    }
  } finally {
    left.abort();
    stopListening();
  }
}

const isBusy = (answer: CapabilitiesAnswer): boolean => !answer.ok && answer.reason === 'busy';

function offer(answer: CapabilitiesAnswer): ScannerView {
  if (!answer.ok) return { usable: false, reason: answer.reason };
  const sources = answer.value.sources.filter((source) => chooseScan(answer.value, source).ok);
  return sources.length > 0 ? { usable: true, sources } : { usable: false, reason: 'unsupported' };
}

function unusable(devices: readonly DeviceView[]): ScannerView {
  const scanner = devices.find(({ class: kind }) => kind === 'document-scanner');
  if (scanner?.state === 'opening' || scanner?.state === 'probing') return { usable: false, reason: 'busy' };
  if (scanner?.state !== 'faulty') return { usable: false, reason: 'scanner-absent' };
  const known = scanFailure.safeParse(scanner.reason);
  return { usable: false, reason: known.success ? known.data : 'scanner-fault' };
}
