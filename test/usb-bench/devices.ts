import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { systemClock } from '../../src/contract/clock.ts';
import type { HidFramingConfig } from '../../src/contract/config.ts';
import type { ByteDriverModule, ByteLink, Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import type { Carrier, StartFailure } from '../../src/devices/hosted-device.ts';
import { FaultyLine } from '../../src/devices/faults/faulty-line.ts';
import { HostedLine } from '../../src/devices/hosted-device.ts';
import { usbPrinterPorts } from '../../src/devices/ports/usb-device.ts';
import { simulateBehindHid } from '../../src/devices/simulated-hid.ts';
import { hidFramingOf } from '../../src/devices/transports/hid-framing.ts';
import { openUsbPrinter } from '../../src/devices/transports/usb-printer.ts';
import type { Result } from '../../src/domain/result.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { UsbGadget, UsbIds } from './gadget.ts';

/** Until the host's driver has found what was plugged in. */
const FOUND_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

type DeviceEvent = Readonly<Record<string, unknown>>;

export interface PluggedDevice {
  readonly events: readonly DeviceEvent[];
  /** Resolves with the next event of that name. */
  next(name: string): Promise<DeviceEvent>;
  onEvent(listener: (event: DeviceEvent) => void): () => void;
  plug(port?: string): Promise<void>;
  unplug(): Promise<void>;
  act(action: Readonly<Record<string, unknown>>): void;
  /** Resolves when the host has sent so many bytes since now. */
  received(bytes: number): Promise<void>;
}

/** Resolves its waiters as bytes come in. */
class Meter {
  #waiting: { left: number; readonly resolve: () => void }[] = [];

  count(bytes: number): void {
    for (const one of this.#waiting) {
      one.left -= bytes;
      if (one.left <= 0) one.resolve();
    }
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
  }

  received(bytes: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ left: bytes, resolve }));
  }
}

/** Keeps what happened at a simulator. */
class Events {
  readonly all: DeviceEvent[] = [];
  readonly #listeners = new Set<(event: DeviceEvent) => void>();

  add(event: DeviceEvent): void {
    this.all.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  listen(listener: (event: DeviceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  next(name: string): Promise<DeviceEvent> {
    return new Promise((resolve) => {
      const listener = (event: DeviceEvent): void => {
        if (event['event'] !== name) return;
        this.#listeners.delete(listener);
        resolve(event);
      };
      this.#listeners.add(listener);
    });
  }
}

function noOther(): never {
  throw new Error('there is no other device to plug in');
}

/** What the gadget's side of a cable is read and written by. */
interface OwnEnd {
  readonly stream: Duplex;
  close(): Promise<void>;
}

interface LineDevice {
  readonly gadget: UsbGadget;
  readonly driver: ByteDriverModule;
  readonly profile: string;
  readonly baudRate: number;
  /** Opens the gadget's own end, when it has been plugged in. */
  readonly open: (where: string) => Promise<Result<OwnEnd, StartFailure>>;
}

/** A simulator behind a CDC-ACM gadget, as slow as a line of that speed. */
export function serialDevice(
  gadget: UsbGadget,
  driver: ByteDriverModule,
  profile: string,
  baudRate: number,
): Promise<PluggedDevice> {
  const open: LineDevice['open'] = async (path) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
    if (failure) return refused('port-failed', failure.message);
    const close = async (): Promise<void> => {
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    };
    return done({ stream: port, close });
  };
  return lineDevice({ gadget, driver, profile, baudRate, open });
}

/** The same behind a gadget of the USB printer class; its own end is read and written in the way of the host's. */
export function printerDevice(
  gadget: UsbGadget,
  ids: UsbIds,
  driver: ByteDriverModule,
  profile: string,
  baudRate: number,
): Promise<PluggedDevice> {
  const open: LineDevice['open'] = async (path) => {
    // Before the host's driver has chosen its interface the gadget has no endpoints.
    if (!(await isTaken(ids))) return refused('port-failed', 'the host has no printer');
    const opened = await openUsbPrinter(path);
    if (!opened.ok) return refused('port-failed', `${opened.reason} ${opened.detail ?? ''}`);
    const link = opened.value;
    return done({ stream: streamOver(link), close: () => link.close() });
  };
  return lineDevice({ gadget, driver, profile, baudRate, open });
}

async function isTaken({ vendorId, productId }: UsbIds): Promise<boolean> {
  for (let waited = 0; waited < FOUND_LIMIT_MS; waited += LOOK_EVERY_MS) {
    const ports = await usbPrinterPorts('/sys');
    if (ports.some((port) => port.vendorId === vendorId && port.productId === productId)) return true;
    await setTimeout(LOOK_EVERY_MS);
  }
  return false;
}

function streamOver(link: ByteLink): Duplex {
  const stream = new Duplex({
    // It comes by itself.
    read: () => undefined,
    write: (bytes: Buffer, _encoding, written) => void link.write(bytes).then(() => written(), written),
  });
  link.onBytes((bytes) => void stream.push(bytes));
  link.onClose(() => stream.destroy());
  return stream;
}

async function lineDevice({ gadget, driver, profile, baudRate, open }: LineDevice): Promise<PluggedDevice> {
  const events = new Events();
  const meter = new Meter();
  const where = await gadget.ownEnd();
  let wanted: string | undefined;
  let ownEnd: OwnEnd | undefined;
  const carrier: Carrier = {
    where,
    async raise(onStream) {
      await gadget.plug(wanted);
      const opened = await open(where);
      if (!opened.ok) return opened;
      ownEnd = opened.value;
      onStream(ownEnd.stream);
      ownEnd.stream.on('data', (bytes: Uint8Array) => meter.count(bytes.length));
      return done();
    },
    async lower() {
      // The kernel hangs the gadget's own end up with it.
      await gadget.unplug();
      await ownEnd?.close();
    },
  };
  const simulators = { simulate: (context: SimulatorContext) => driver.simulate(profile, context), other: noOther };
  const line = new HostedLine(baudRate, simulators, carrier, (event) => events.add(event));
  return {
    events: events.all,
    next: (name) => events.next(name),
    onEvent: (listener) => events.listen(listener),
    async plug(at) {
      wanted = at;
      const plugged = await line.plug();
      if (!plugged.ok) throw new Error(`${plugged.reason} ${plugged.detail ?? ''}`);
    },
    unplug: () => line.unplug(),
    act: (action) => line.act(action),
    received: (bytes) => meter.received(bytes),
  };
}

/**
 * A simulator behind a HID gadget. Its reports go through a `cat` in each direction: a read of the gadget waits in the
 * kernel for ever, which a process of its own can be ended in.
 */
export async function hidDevice(
  gadget: UsbGadget,
  driver: ByteDriverModule,
  profile: string,
  framing: HidFramingConfig,
  reportBytes: number,
): Promise<PluggedDevice> {
  const events = new Events();
  const meter = new Meter();
  const where = await gadget.ownEnd();
  let ends: readonly ChildProcess[] = [];
  let send: (report: Uint8Array) => void = () => undefined;
  /** A plug that a script is still pulling out is put in again after that. */
  let moved: Promise<void> = Promise.resolve();
  const move = (to: () => Promise<void>): Promise<void> => (moved = moved.then(to));
  const pullOut = async (): Promise<void> => {
    if (ends.length === 0) return;
    await gadget.unplug();
    send = () => undefined;
    const ended = ends;
    ends = [];
    await Promise.all(ended.map(end));
  };
  const unplug = (): Promise<void> => move(pullOut);
  let line: FaultyLine | undefined;
  const simulator: Simulator = simulateBehindHid(
    hidFramingOf(framing),
    (context) => {
      const simulate = (own: SimulatorContext): Simulator => driver.simulate(profile, own);
      line = new FaultyLine({ simulate, context, other: noOther, unplug, plug: noOther });
      return line;
    },
    { clock: systemClock, onEvent: (event) => events.add(event), sendReport: (report) => send(report) },
  );
  const putIn = async (at?: string): Promise<void> => {
    if (ends.length > 0) return;
    await gadget.plug(at);
    const reading = spawn('cat', [where], { stdio: ['ignore', 'pipe', 'ignore'] });
    let rest = Buffer.alloc(0);
    reading.stdout.on('data', (bytes: Buffer) => {
      meter.count(bytes.length);
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= reportBytes; rest = rest.subarray(reportBytes))
        simulator.receive(rest.subarray(0, reportBytes));
    });
    const writing = spawn('sh', ['-c', `exec cat > ${where}`], { stdio: ['pipe', 'ignore', 'ignore'] });
    // It ends with the plug; what it had not written is lost, as on a cable.
    writing.stdin.on('error', () => undefined);
    send = (report) => void writing.stdin.write(report);
    ends = [reading, writing];
    await Promise.all(ends.map((one) => once(one, 'spawn')));
    line?.lineIsBack();
  };
  return {
    events: events.all,
    next: (name) => events.next(name),
    onEvent: (listener) => events.listen(listener),
    plug: (at) => move(() => putIn(at)),
    unplug,
    act: (action) => simulator.act(action),
    received: (bytes) => meter.received(bytes),
  };
}

async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  process.kill('SIGKILL');
  await gone;
}
