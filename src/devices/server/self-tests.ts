import type { DiagnosisEvent } from '../../contract/diagnosis.ts';
import type { SelfTestEvent, SelfTestOptions } from '../../contract/self-test.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import { LineTaps } from '../diagnosis/line-taps.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { ManagedDevice } from '../managed-device.ts';
import { selfTest } from '../self-test/run.ts';
import { stream } from '../stream.ts';
import type { ServerDeps } from './serve.ts';

export function testOne(
  deps: ServerDeps,
  device: ManagedDevice,
  options: SelfTestOptions,
  signal: AbortSignal,
): AsyncGenerator<SelfTestEvent, void, undefined> {
  return stream(signal, (emit, leave) => selfTest(device, options, deps, emit, leave));
}

export function diagnoseOne(
  { taps = new LineTaps(), ...deps }: ServerDeps,
  device: ManagedDevice,
  testPage: PrintDocument,
  signal: AbortSignal,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  return stream(signal, (emit, leave) =>
    diagnose(device, { attended: true, testPage }, { ...deps, taps }, emit, leave),
  );
}

/** Nobody can lay a card and press a key at the same time. */
export function testAll(
  deps: ServerDeps,
  options: SelfTestOptions,
  signal: AbortSignal,
): AsyncGenerator<SelfTestEvent, void, undefined> {
  const { supervisor } = deps;
  return stream(signal, async (emit, leave) => {
    const devices = supervisor.list().flatMap(({ id }) => supervisor.find(id) ?? []);
    const test = (device: ManagedDevice): Promise<void> => selfTest(device, options, deps, emit, leave);
    if (!options.attended) await Promise.all(devices.map(test));
    else for (const device of devices) if (!leave.aborted) await test(device);
  });
}
