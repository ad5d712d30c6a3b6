import type { Simulator, SimulatorContext } from './driver.ts';
import type { HidFraming } from './transports/hid-framing.ts';

export interface SimulatedHidContext extends Omit<SimulatorContext, 'send'> {
  /** One report as it is on the wire: with its id only where reports are numbered. */
  readonly sendReport: (report: Uint8Array) => void;
}

/** Puts a simulator that speaks bytes behind the reports of a HID device. What it receives are the reports of the host. */
export function simulateBehindHid(
  framing: HidFraming,
  simulate: (context: SimulatorContext) => Simulator,
  { sendReport, ...context }: SimulatedHidContext,
): Simulator {
  const simulator = simulate({
    ...context,
    send: (bytes) => {
      for (const report of framing.toHost.pack(bytes)) sendReport(report);
    },
  });
  return {
    receive(report) {
      const bytes = framing.toDevice.unpack(report);
      if (bytes.length > 0) simulator.receive(bytes);
    },
    act: (action) => simulator.act(action),
    stop: () => simulator.stop(),
  };
}
