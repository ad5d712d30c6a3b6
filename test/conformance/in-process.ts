import type { Action } from '../../src/devices/conformance/description.ts';
import type { Place, PluggedDevice, Socket } from '../../src/devices/conformance/place.ts';
import type {
  ByteDriverModule,
  DeviceLink,
  DriverModule,
  DriverOf,
  Simulator,
  SimulatorContext,
} from '../../src/devices/driver.ts';
import { isByteDriver, LinkClosed } from '../../src/devices/driver.ts';
import { FaultyLine } from '../../src/devices/faults/faulty-line.ts';
import { FaultyService } from '../../src/devices/faults/faulty-service.ts';
import { simulateBehindHid } from '../../src/devices/simulated-hid.ts';
import type { HidFraming } from '../../src/devices/transports/hid-framing.ts';
import { hidFramingOf } from '../../src/devices/transports/hid-framing.ts';
import { serviceInProcess } from '../../src/devices/transports/in-process-http.ts';
import { ImpatientClock, LinkPair } from '../fixtures/link-pair.ts';
import { hidHost } from './hid-host.ts';

type Simulate = (context: SimulatorContext) => Simulator;

/**
 * Simulator and driver in one program, without the time that a line takes: every cut arrives as it was made. What is a HID
 * device gets its bytes in reports.
 */
export function inProcess(drivers: readonly DriverModule[]): Place {
  return {
    name: 'in process',
    isPatient: true,
    plugIn: async ({ driver, profile, hid }) =>
      isByteDriver(driver) ? new Line(driver, profile, drivers, hid) : new Service(driver, profile, drivers),
  };
}

class Events {
  readonly #listeners = new Set<(event: Action) => void>();

  readonly tell = (event: Action): void => {
    for (const listener of this.#listeners) listener(event);
  };

  readonly listen = (listener: (event: Action) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

class Line implements Socket {
  readonly clock = new ImpatientClock();
  readonly #framing: HidFraming | undefined;
  /** Where faults strike: on the line behind a bridge, else among the reports. */
  readonly #hasLine: boolean;
  readonly #faulty: FaultyLine;
  readonly #events = new Events();
  readonly onEvent = this.#events.listen;
  #link: LinkPair | undefined;

  constructor(driver: ByteDriverModule, profile: string, drivers: readonly DriverModule[], hid: PluggedDevice['hid']) {
    const framing = hid && hidFramingOf(hid);
    this.#framing = framing;
    this.#hasLine = framing?.lineSetup !== undefined;
    const device = (simulate: Simulate): Simulate =>
      framing && !this.#hasLine
        ? (context) => simulateBehindHid(framing, simulate, { ...context, sendReport: context.send })
        : simulate;
    this.#faulty = new FaultyLine({
      simulate: device((context) => driver.simulate(profile, context)),
      context: { clock: this.clock, send: (bytes) => this.#send(bytes), onEvent: this.#events.tell },
      // What the device has sent reaches the host in a microtask of its own each.
      unplug: async () => {
        await new Promise<void>((resolve) => queueMicrotask(resolve));
        await this.#link?.close();
      },
      plug: () => Promise.resolve(),
      other: (name, other) => {
        const found = drivers.filter(isByteDriver).find((one) => one.name === name);
        if (!found) throw new Error(`no driver ${name}`);
        return device((context) => found.simulate(other, context));
      },
    });
  }

  async open(): Promise<DeviceLink> {
    const link = new LinkPair();
    link.device = (bytes) => {
      this.#faulty.receive(this.#hasLine ? (this.#framing?.toDevice.unpack(bytes) ?? bytes) : bytes);
      // Unplugged by these very bytes: the system cannot tell any more that they were sent.
      if (link.closed) throw new LinkClosed();
    };
    this.#link = link;
    return this.#framing ? hidHost(link, this.#framing) : link;
  }

  #send(bytes: Uint8Array): void {
    const parts = this.#hasLine ? (this.#framing?.toHost.pack(bytes) ?? []) : [bytes];
    for (const part of parts) this.#link?.fromDevice(part);
  }

  async act(action: Action): Promise<void> {
    if ('plug' in action) this.#faulty.lineIsBack();
    else this.#faulty.act(action);
  }

  async stop(): Promise<void> {
    this.#faulty.stop();
  }
}

class Service implements Socket {
  readonly clock = new ImpatientClock();
  readonly #faulty: FaultyService;
  readonly #events = new Events();
  readonly onEvent = this.#events.listen;

  constructor(driver: DriverOf<'document-scanner'>, profile: string, drivers: readonly DriverModule[]) {
    this.#faulty = new FaultyService({
      simulate: (context) => driver.simulate(profile, context),
      context: { clock: this.clock, onEvent: this.#events.tell },
      unplug: () => Promise.resolve(),
      plug: () => Promise.resolve(),
      other: (name, other) => {
        const found = drivers.find((one) => one.name === name);
        if (!found || isByteDriver(found)) throw new Error(`no service ${name}`);
        return (context) => found.simulate(other, context);
      },
    });
  }

  /** Opened anew, it is the same service as before. */
  async open(): Promise<DeviceLink> {
    return serviceInProcess({
      respond: (request) => this.#faulty.respond(request),
      act: (action) => this.#faulty.act(action),
      stop: () => undefined,
    });
  }

  async act(action: Action): Promise<void> {
    if ('plug' in action) this.#faulty.lineIsBack();
    else this.#faulty.act(action);
  }

  async stop(): Promise<void> {
    this.#faulty.stop();
  }
}
