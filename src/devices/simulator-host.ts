import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { z } from 'zod';
import { systemClock } from '../contract/clock.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { ByteDriverModule, DriverModule, Simulator } from './driver.ts';
import { isByteDriver } from './driver.ts';
import { HOST_BUFFER_BYTES } from './limits.ts';
import { Pacer, systemLineTime } from './pacing.ts';
import type { PtyPair } from './pty-pair.ts';
import { openPtyPair } from './pty-pair.ts';

const action = z.record(z.string(), z.unknown());

export const simulatedDevice = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  driver: z.string(),
  profile: z.string(),
  baudRate: z.int().positive(),
  /** Done once at the start. */
  actions: z.array(action).optional(),
});
export type SimulatedDevice = z.infer<typeof simulatedDevice>;

export interface SimulatorHostDeps {
  readonly drivers: readonly DriverModule[];
  /** Where the terminals are linked: `<directory>/<device>` is the port that the kiosk opens. */
  readonly directory: string;
  /** With {@link LineCount}, so that a bench can compare what happened with what the line allows. */
  readonly onEvent: (device: string, event: Readonly<Record<string, unknown>> & LineCount) => void;
}

export interface LineCount {
  /** When it happened, in milliseconds with fractions since 1970. */
  readonly at: number;
  /** Bytes so far since the device was plugged in: fully arrived from the kiosk, and given to the line for it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

type StartFailure = 'driver-unknown' | 'socat-missing' | 'socat-failed' | 'port-failed';

/** Simulated devices behind real terminals, each as slow as its line. */
export class SimulatorHost {
  readonly #deps: SimulatorHostDeps;
  readonly #devices = new Map<string, HostedDevice>();

  constructor(deps: SimulatorHostDeps) {
    this.#deps = deps;
  }

  /** Answers with the path of the port to open. */
  async add(device: SimulatedDevice): Promise<Result<string, StartFailure>> {
    const driver = this.#deps.drivers.filter(isByteDriver).find(({ name }) => name === device.driver);
    if (!driver?.profiles.includes(device.profile)) return refused('driver-unknown', device.driver);
    await mkdir(this.#deps.directory, { recursive: true });
    const hosted = new HostedDevice(device, driver, join(this.#deps.directory, device.id), (event) =>
      this.#deps.onEvent(device.id, event),
    );
    const plugged = await hosted.plug();
    if (!plugged.ok) return plugged;
    this.#devices.set(device.id, hosted);
    for (const first of device.actions ?? []) hosted.act(first);
    return done(hosted.path);
  }

  /**
   * An action of the device's simulator, or one of the host's own: `{ "unplug": true }` takes the port away,
   * `{ "plug": true }` brings it back with the device as it was. Throws for an unknown device or action. Answers with what
   * the line has carried by then.
   */
  async act(id: string, wanted: Readonly<Record<string, unknown>>): Promise<LineCount> {
    const hosted = this.#devices.get(id);
    if (!hosted) throw new Error(`no simulated device ${id}`);
    if ('unplug' in wanted) await hosted.unplug();
    else if ('plug' in wanted) await hosted.plug();
    else hosted.act(wanted);
    return hosted.count();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#devices.values()].map((hosted) => hosted.stop()));
    this.#devices.clear();
  }
}

/** A simulator and, while it is plugged in, its two directions over a terminal. */
class HostedDevice {
  readonly path: string;
  readonly #baudRate: number;
  readonly #simulator: Simulator;
  #plugged: { readonly pair: PtyPair; readonly port: SerialPort; readonly pacers: readonly Pacer[] } | undefined;
  #toHost: Pacer | undefined;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(
    device: SimulatedDevice,
    driver: ByteDriverModule,
    path: string,
    onEvent: (event: Readonly<Record<string, unknown>> & LineCount) => void,
  ) {
    this.path = path;
    this.#baudRate = device.baudRate;
    this.#simulator = driver.simulate(device.profile, {
      clock: systemClock,
      send: (bytes) => {
        this.#bytesOut += bytes.length;
        this.#toHost?.push(bytes);
      },
      onEvent: (event) => onEvent({ ...event, ...this.count() }),
    });
  }

  count(): LineCount {
    return { at: performance.timeOrigin + performance.now(), bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
  }

  async plug(): Promise<Result<undefined, StartFailure>> {
    if (this.#plugged) return done();
    const devicePath = `${this.path}.device`;
    const pair = await openPtyPair(this.path, devicePath);
    if (!pair.ok) return pair;
    const port = new SerialPort({
      path: devicePath,
      baudRate: this.#baudRate,
      autoOpen: false,
      highWaterMark: HOST_BUFFER_BYTES,
    });
    const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
    if (failure) {
      await pair.value.close();
      return refused('port-failed', failure.message);
    }
    const toHost = new Pacer(this.#baudRate, systemLineTime, (bytes) => port.write(bytes));
    const toDevice = new Pacer(this.#baudRate, systemLineTime, (bytes) => {
      this.#bytesIn += bytes.length;
      this.#simulator.receive(bytes);
      if (toDevice.waitingBytes < HOST_BUFFER_BYTES) port.resume();
    });
    port.on('data', (bytes: Uint8Array) => {
      toDevice.push(bytes);
      // Like a device whose buffer is full: the sender has to wait.
      if (toDevice.waitingBytes >= HOST_BUFFER_BYTES) port.pause();
    });
    // The port ends with its terminal, by `unplug` or because somebody ended socat.
    port.on('error', () => undefined);
    this.#bytesIn = 0;
    this.#bytesOut = 0;
    this.#toHost = toHost;
    this.#plugged = { pair: pair.value, port, pacers: [toHost, toDevice] };
    return done();
  }

  async unplug(): Promise<void> {
    const plugged = this.#plugged;
    if (!plugged) return;
    this.#plugged = undefined;
    this.#toHost = undefined;
    for (const pacer of plugged.pacers) pacer.stop();
    if (plugged.port.isOpen) await new Promise<void>((resolve) => plugged.port.close(() => resolve()));
    await plugged.pair.close();
  }

  act(wanted: Readonly<Record<string, unknown>>): void {
    this.#simulator.act(wanted);
  }

  async stop(): Promise<void> {
    await this.unplug();
    this.#simulator.stop();
  }
}
