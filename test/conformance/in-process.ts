import type { DeviceLink } from '../../src/devices/driver.ts';
import { isByteDriver, LinkClosed } from '../../src/devices/driver.ts';
import type { ByteDriverModule, SimulatorContext } from '../../src/devices/driver.ts';
import type { Action } from '../../src/devices/conformance/description.ts';
import type { Place, Socket } from '../../src/devices/conformance/place.ts';
import { FaultyLine } from '../../src/devices/faults/faulty-line.ts';
import { ImpatientClock, LinkPair } from '../fixtures/link-pair.ts';

/** Simulator and driver in one program, without the time that a line takes: every cut arrives as it was made. */
export function inProcess(drivers: readonly ByteDriverModule[]): Place {
  return {
    name: 'in process',
    isPatient: true,
    async plugIn({ driver, profile }) {
      if (!isByteDriver(driver)) throw new Error('this place is for lines of bytes');
      return new Line(driver, profile, drivers);
    },
  };
}

class Line implements Socket {
  readonly clock = new ImpatientClock();
  readonly #faulty: FaultyLine;
  readonly #listeners = new Set<(event: Action) => void>();
  #link: LinkPair | undefined;

  constructor(driver: ByteDriverModule, profile: string, drivers: readonly ByteDriverModule[]) {
    this.#faulty = new FaultyLine({
      simulate: (context: SimulatorContext) => driver.simulate(profile, context),
      context: {
        clock: this.clock,
        send: (bytes) => this.#link?.fromDevice(bytes),
        onEvent: (event) => {
          for (const listener of this.#listeners) listener(event);
        },
      },
      // What the device has sent reaches the host in a microtask of its own each.
      unplug: async () => {
        await new Promise<void>((resolve) => queueMicrotask(resolve));
        await this.#link?.close();
      },
      plug: () => Promise.resolve(),
      other: (name, other) => {
        const found = drivers.find((one) => one.name === name);
        if (!found) throw new Error(`no driver ${name}`);
        return (context) => found.simulate(other, context);
      },
    });
  }

  async open(): Promise<DeviceLink> {
    const link = new LinkPair();
    link.device = (bytes) => {
      this.#faulty.receive(bytes);
      // Unplugged by these very bytes: the system cannot tell any more that they were sent.
      if (link.closed) throw new LinkClosed();
    };
    this.#link = link;
    return link;
  }

  async act(action: Action): Promise<void> {
    if ('plug' in action) this.#faulty.lineIsBack();
    else this.#faulty.act(action);
  }

  onEvent(listener: (event: Action) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#faulty.stop();
  }
}
