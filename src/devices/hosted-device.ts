import type { Duplex } from 'node:stream';
import { systemClock } from '../contract/clock.ts';
import type { Result } from '../domain/result.ts';
import { done } from '../domain/result.ts';
import type { Simulator, SimulatorContext } from './driver.ts';
import { FaultyLine } from './faults/faulty-line.ts';
import { HOST_BUFFER_BYTES } from './limits.ts';
import { Pacer, systemLineTime } from './pacing.ts';

export interface LineCount {
  /** When it happened, in milliseconds with fractions since 1970. */
  readonly at: number;
  /** Bytes so far since the device was plugged in: fully arrived from the kiosk, and given to the line for it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export type HostedEvent = Readonly<Record<string, unknown>> & LineCount;
export type StartFailure = 'driver-unknown' | 'socat-missing' | 'socat-failed' | 'port-failed';

/** A simulator and, while it is plugged in, the way to it. */
export interface HostedDevice {
  /** What the kiosk's configuration names: the path of a port, `host:port`, or an address. */
  readonly where: string;
  plug(): Promise<Result<undefined, StartFailure>>;
  unplug(): Promise<void>;
  act(action: Readonly<Record<string, unknown>>): void;
  count(): LineCount;
  stop(): Promise<void>;
}

/** What a simulated line runs over. */
export interface Carrier {
  readonly where: string;
  /** Brings it up; `onStream` gets a stream for each time somebody can use it. */
  raise(onStream: (stream: Duplex) => void): Promise<Result<undefined, StartFailure>>;
  lower(): Promise<void>;
}

/** The device behind a line, and what could be plugged in by mistake. */
export interface HostedSimulators {
  readonly simulate: (context: SimulatorContext) => Simulator;
  /** Throws when there is no such driver or profile. */
  readonly other: (driver: string, profile: string) => (context: SimulatorContext) => Simulator;
}

/** A simulator behind a carrier, as slow as its line. */
export class HostedLine implements HostedDevice {
  readonly #carrier: Carrier;
  readonly #baudRate: number;
  readonly #simulator: FaultyLine;
  #raised = false;
  /** The last time it was plugged in or pulled out: what comes next waits for it. */
  #moved: Promise<unknown> = Promise.resolve();
  #toHost: Pacer | undefined;
  #endStream = (): void => undefined;
  #bytesIn = 0;
  #bytesOut = 0;
  /** While bytes are given to the device: when the last of them had arrived. Making a picture of a page takes no time of the line's. */
  #arrival: { readonly at: number } | undefined;

  constructor(
    baudRate: number,
    { simulate, other }: HostedSimulators,
    carrier: Carrier,
    onEvent: (event: HostedEvent) => void,
  ) {
    this.#carrier = carrier;
    this.#baudRate = baudRate;
    this.#simulator = new FaultyLine({
      simulate,
      other,
      context: {
        clock: systemClock,
        send: (bytes) => {
          this.#bytesOut += bytes.length;
          this.#toHost?.push(bytes);
        },
        onEvent: (event) => onEvent({ ...event, ...this.count() }),
      },
      unplug: async () => {
        await this.#toHost?.drain();
        await this.unplug();
      },
      plug: async () => {
        const plugged = await this.plug();
        if (!plugged.ok) throw new Error(`${this.where} cannot come back: ${plugged.reason} ${plugged.detail ?? ''}`);
      },
    });
  }

  get where(): string {
    return this.#carrier.where;
  }

  count(): LineCount {
    return { ...(this.#arrival ?? timeStamp()), bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
  }

  plug(): Promise<Result<undefined, StartFailure>> {
    return this.#inTurn(() => this.#raise());
  }

  unplug(): Promise<void> {
    return this.#inTurn(() => this.#lower());
  }

  act(wanted: Readonly<Record<string, unknown>>): void {
    this.#simulator.act(wanted);
  }

  async stop(): Promise<void> {
    await this.unplug();
    this.#simulator.stop();
  }

  /** The kiosk knows that a line is gone before all of it is: put up at once, the next one would go with the rest of it. */
  #inTurn<T>(move: () => Promise<T>): Promise<T> {
    const moving = this.#moved.then(move, move);
    this.#moved = moving;
    return moving;
  }

  async #raise(): Promise<Result<undefined, StartFailure>> {
    if (this.#raised) return done();
    this.#bytesIn = 0;
    this.#bytesOut = 0;
    const raised = await this.#carrier.raise((stream) => this.#use(stream));
    this.#raised = raised.ok;
    if (raised.ok) this.#simulator.lineIsBack();
    return raised;
  }

  async #lower(): Promise<void> {
    if (!this.#raised) return;
    this.#raised = false;
    this.#endStream();
    await this.#carrier.lower();
  }

  /** A stream at a time: a newer one takes the place of the one before. */
  #use(stream: Duplex): void {
    this.#endStream();
    const toHost = new Pacer(this.#baudRate, systemLineTime, (bytes) => stream.write(bytes));
    const toDevice = new Pacer(this.#baudRate, systemLineTime, (bytes) => {
      this.#bytesIn += bytes.length;
      this.#arrival = timeStamp();
      this.#simulator.receive(bytes);
      this.#arrival = undefined;
      if (toDevice.waitingBytes < HOST_BUFFER_BYTES) stream.resume();
    });
    stream.on('data', (bytes: Uint8Array) => {
      toDevice.push(bytes);
      // Like a device whose buffer is full: the sender has to wait.
      if (toDevice.waitingBytes >= HOST_BUFFER_BYTES) stream.pause();
    });
    // The stream ends with what carries it, by `unplug` or because somebody ended that.
    stream.on('error', () => undefined);
    this.#toHost = toHost;
    this.#endStream = () => {
      toHost.stop();
      toDevice.stop();
      if (this.#toHost === toHost) this.#toHost = undefined;
      this.#endStream = () => undefined;
    };
  }
}

export function timeStamp(): { readonly at: number } {
  return { at: performance.timeOrigin + performance.now() };
}
