import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { driver as printerDriver } from '../../../drivers/escpos-printer/index.ts';
import { driver as readerDriver } from '../../../drivers/sam-reader/index.ts';
import type { DeviceEvent } from '../../../scripts/hall/simulators.ts';
import { HallSimulators } from '../../../scripts/hall/simulators.ts';
import { systemClock } from '../../../src/contract/clock.ts';
import type { DriverContext, IdReader, TicketPrinter } from '../../../src/devices/driver.ts';
import { openSerial } from '../../../src/devices/transports/serial.ts';
import { lineTime, momentOf } from '../line-event.ts';
import type { BenchContext, Measure, Measured } from '../measure.ts';
import { median } from '../measure.ts';
import { nextEvent } from '../../fixtures/next-event.ts';
import { ticketDocument } from './ticket.ts';

const ROUNDS = 15;
const BAUD_RATE = 115_200;
const TARGET = 1.05;
/** Length of the find command and of its answer: the round of the conversation that the event `card-found` lies in. */
const FIND_BYTES = 10;
const ID = 'device';

interface Round {
  readonly bytes: number;
  readonly limit: number;
  readonly took: number;
}

interface Bench {
  readonly context: DriverContext;
  readonly act: (action: DeviceEvent) => Promise<DeviceEvent>;
  /** The next event of this name. Listen before doing what leads to it. */
  readonly next: (name: string) => Promise<DeviceEvent>;
}

/** Lends out one simulated device in a process of its own, behind a real terminal that serialport has opened. */
async function onBench<T>(
  folder: string,
  device: { readonly driver: string; readonly profile: string },
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  const events = new EventEmitter();
  const wanted = [{ id: ID, ...device, baudRate: BAUD_RATE }];
  const simulators = await HallSimulators.open(join(folder, 'ports'), wanted, (_, event) => events.emit(ID, event));
  try {
    const opened = await openSerial({ path: simulators.ports.get(ID) ?? '', baudRate: BAUD_RATE });
    if (!opened.ok) throw new Error(`no port: ${opened.reason} ${opened.detail ?? ''}`);
    const link = opened.value;
    try {
      return await use({
        context: { clock: systemClock, link, onCondition: () => undefined, onSupplies: () => undefined },
        act: (action) => simulators.act(ID, action),
        next: (name) => nextEvent(events, ID, name),
      });
    } finally {
      await link.close();
    }
  } finally {
    await simulators.close();
  }
}

/** Milliseconds with fractions since 1970, as the simulators count. */
const now = (): number => performance.timeOrigin + performance.now();

async function probed(device: IdReader | TicketPrinter): Promise<void> {
  const found = await device.probe(new AbortController().signal);
  if (!found.ok) throw new Error(`the device does not answer: ${found.reason}`);
}

async function readOnce(reader: IdReader, { act, next }: Bench): Promise<Round> {
  const events = Promise.all(['card-found', 'card-read'].map(next));
  let readAt: number | undefined;
  for await (const event of reader.read(new AbortController().signal)) {
    if (event.kind === 'waiting') await act({ card: 'zhang' });
    if (event.kind === 'failed') throw new Error(`the card was not read: ${event.reason}`);
    if (event.kind === 'read') readAt = now();
  }
  const [found, read] = (await events).map(momentOf);
  if (!found || !read || readAt === undefined) throw new Error('the reader told nothing');
  await act({ card: null });
  const bytes = FIND_BYTES + (read.bytesIn - found.bytesIn) + (read.bytesOut - found.bytesOut);
  return { bytes, limit: lineTime(bytes), took: readAt - found.at + lineTime(FIND_BYTES) };
}

async function printOnce(printer: TicketPrinter, { act, next }: Bench): Promise<Round> {
  const before = momentOf(await act({ paper: 'ok' }));
  const ended = next('job-ended');
  const start = now();
  const outcome = await printer.print(ticketDocument, new AbortController().signal, Promise.resolve(true));
  if (!outcome.ok) throw new Error(`the ticket was not printed: ${outcome.reason}`);
  const end = momentOf(await ended);
  const bytes = end.bytesIn - before.bytesIn;
  return { bytes, limit: lineTime(bytes), took: end.at - start };
}

/** One use more than is counted: the first one reads tables and compiles code, which a kiosk does when it starts. */
async function roundsOf(once: () => Promise<Round>): Promise<Round[]> {
  await once();
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await once());
  return rounds;
}

function measured(name: string, rounds: readonly Round[], say: BenchContext['say']): Measured {
  const part = (pick: (round: Round) => number) => median(rounds.map(pick));
  say(
    `line's own time ${part(({ limit }) => limit).toFixed(1)} ms for ${part(({ bytes }) => bytes)} bytes; ` +
      `taken ${part(({ took }) => took).toFixed(1)} ms`,
  );
  return {
    rows: [{ name, value: part(({ took, limit }) => took / limit), target: TARGET }],
    raw: { unit: 'ms', rounds },
  };
}

export const idRead: Measure = {
  name: 'id-read',
  explanation:
    'From the first bit of the find that sees the card until the driver tells who it is, against bytes x 10 / baud of find, ' +
    'select and read in both directions, over a real terminal at 115200 whose other end is paced in another process.',
  run: ({ folder, say }) =>
    onBench(folder, { driver: readerDriver.name, profile: 'serial-115200' }, async (bench) => {
      const reader = readerDriver.create('serial-115200', bench.context);
      await probed(reader);
      return measured('id-read', await roundsOf(() => readOnce(reader, bench)), say);
    }),
};

export const ticketPrint: Measure = {
  name: 'ticket-print',
  explanation:
    'From the call of the driver to the last byte taken by the printer, against bytes x 10 / baud of all that the printer was ' +
    "sent, over such a terminal. Encoding and the question for the printer's state lie within.",
  run: ({ folder, say }) =>
    onBench(folder, { driver: printerDriver.name, profile: '80mm-gs-h' }, async (bench) => {
      const printer = printerDriver.create('80mm-gs-h', bench.context);
      await probed(printer);
      return measured('ticket-print', await roundsOf(() => printOnce(printer, bench)), say);
    }),
};
