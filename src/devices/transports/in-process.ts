import type { Clock } from '../../contract/clock.ts';
import type { ByteLink, Simulator, SimulatorContext } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { FaultyLine } from '../faults/faulty-line.ts';
import type { LineTime } from '../pacing.ts';
import { Pacer } from '../pacing.ts';

export interface InProcessDeps {
  readonly simulate: (context: SimulatorContext) => Simulator;
  readonly baudRate: number;
  readonly clock: Clock;
  readonly time: LineTime;
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
}

/**
 * A line whose far end is a simulator in the same process, as slow as a real one. Its speed is fixed. A script of faults that
 * unplugs it closes the link for good: whoever plugs in again opens another.
 */
export function linkInProcess(deps: InProcessDeps): { readonly link: ByteLink; readonly simulator: Simulator } {
  const bytesListeners = new Set<(bytes: Uint8Array) => void>();
  const closeListeners = new Set<() => void>();
  const toHost = new Pacer(deps.baudRate, deps.time, (bytes) => {
    for (const listener of bytesListeners) listener(bytes);
  });
  const simulator = new FaultyLine({
    simulate: deps.simulate,
    context: { clock: deps.clock, send: (bytes) => toHost.push(bytes), onEvent: deps.onEvent },
    unplug: async () => {
      await toHost.drain();
      await link.close();
    },
    plug: () => Promise.resolve(),
    other: (name) => {
      throw new Error(`no ${name} in this process`);
    },
  });
  const toDevice = new Pacer(deps.baudRate, deps.time, (bytes) => simulator.receive(bytes));
  let closed = false;
  const link: ByteLink = {
    async write(bytes) {
      if (closed) throw new LinkClosed();
      toDevice.push(bytes);
      await toDevice.drain();
    },
    onBytes: (listener) => listen(bytesListeners, listener),
    onClose: (listener) => listen(closeListeners, listener),
    setBaudRate: () => Promise.resolve(),
    async close() {
      if (closed) return;
      closed = true;
      toHost.stop();
      toDevice.stop();
      simulator.stop();
      for (const listener of closeListeners) listener();
    },
  };
  return { link, simulator };
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
