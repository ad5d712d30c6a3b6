import type { DiagnosisEvent, Frame } from '../../contract/diagnosis.ts';
import { FRAME_SHOWN_BYTES } from '../../contract/diagnosis.ts';
import type { SelfTestEvent, SelfTestOptions } from '../../contract/self-test.ts';
import type { DriverModule, Redaction } from '../driver.ts';
import { TRAFFIC_BYTES, TRAFFIC_FRAMES } from '../limits.ts';
import type { ManagedDevice } from '../managed-device.ts';
import { selfTest, type SelfTestDeps } from '../self-test/run.ts';
import type { LineTaps } from './line-taps.ts';
import { type Passed, Recorder, redactionOf, unchanged } from './recorder.ts';

export interface DiagnoseDeps extends SelfTestDeps {
  readonly taps: LineTaps;
}

/** What the device says may tell of a person in a way that nobody has written down. */
const unread: Redaction = {
  received: (bytes) => new Uint8Array(bytes.length),
  sent: (bytes) => bytes,
};

/** All that is printed meanwhile is the test's own page. */
function redactionFor(driver: DriverModule): Redaction {
  return redactionOf(driver) ?? (driver.class === 'ticket-printer' ? unchanged : unread);
}

/**
 * A self-test with the bytes of the line after each step. Listens only while the test has the device to itself: what passed
 * before, as for a citizen's receipt, is nobody's business here.
 */
export async function diagnose(
  device: ManagedDevice,
  options: SelfTestOptions,
  { taps, ...deps }: DiagnoseDeps,
  emit: (event: DiagnosisEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { id } = device.view;
  const recorder = new Recorder(redactionFor(device.driver), () => deps.clock.now().getTime());
  let stop = (): void => undefined;
  let kept = 0;
  let isCut = false;
  const listen = (): void => {
    stop = taps.listen(id, (to, bytes) => {
      isCut ||= kept + bytes.length > TRAFFIC_BYTES;
      if (isCut) return;
      kept += bytes.length;
      recorder.note(to, bytes);
    });
  };
  const tell = (event: SelfTestEvent): void => {
    emit(event);
    if (event.kind !== 'step-ended') return;
    if (event.step === 'line') {
      if (event.outcome === 'passed') listen();
      return;
    }
    const frames = joined(recorder.traffic()).slice(-TRAFFIC_FRAMES).map(frameOf);
    emit({ kind: 'traffic', device: id, frames, isWhole: !isCut });
  };
  try {
    await selfTest(device, options, deps, tell, signal);
  } finally {
    stop();
  }
}

/** What went one way until something went the other: lines cut their bytes as they please. */
function joined(pieces: readonly Passed[]): Passed[] {
  const runs: Passed[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.to === piece.to) runs[runs.length - 1] = { ...last, hex: last.hex + piece.hex };
    else runs.push(piece);
  }
  return runs;
}

function frameOf({ ms, to, hex }: Passed): Frame {
  return { ms, to, bytes: hex.length / 2, hex: hex.slice(0, 2 * FRAME_SHOWN_BYTES) };
}
