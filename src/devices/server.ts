import { implement } from '@orpc/server';
import type { PrintOutcome, ReadEvent } from '../contract/device-api.ts';
import { deviceApi } from '../contract/device-api.ts';
import type { PrintFailure, ReadFailure } from '../contract/device-failures.ts';
import { printFailure } from '../contract/device-failures.ts';
import type { DeviceView } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import type { PrintDocument } from '../domain/print-document.ts';
import type { RatingLevel } from '../domain/rating.ts';
import type { Refused } from '../domain/result.ts';
import { Changes } from './changes.ts';
import type { BorrowFailure } from './managed-device.ts';
import { stream } from './stream.ts';
import type { Supervisor } from './supervisor.ts';

export interface ServerDeps {
  readonly supervisor: Supervisor;
  readonly log: EventLog;
  /** An error that is a bug: what follows it cannot be trusted. */
  readonly onBug: (error: unknown) => void;
}

/** What core may ask of the devices, over the supervisor. */
export function createDeviceRouter(deps: ServerDeps) {
  const os = implement(deviceApi);
  return os.router({
    devices: {
      list: os.devices.list.handler(() => deps.supervisor.list()),
      watch: os.devices.watch.handler(({ signal }) => guard(watchDevices(deps, orNever(signal)), deps)),
    },
    idReader: {
      read: os.idReader.read.handler(({ signal }) => guard(readCard(deps, orNever(signal)), deps)),
    },
    ticketPrinter: {
      print: os.ticketPrinter.print.handler(async ({ input }) => {
        try {
          return await print(deps, input.jobId, input.document);
        } catch (error) {
          deps.onBug(error);
          throw error;
        }
      }),
    },
    ratingPad: {
      watch: os.ratingPad.watch.handler(({ signal }) => guard(watchPad(deps, orNever(signal)), deps)),
    },
  });
}

async function* watchDevices(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
): AsyncGenerator<DeviceView[], void, undefined> {
  const changes = new Changes((listener) => supervisor.onChange(listener), signal);
  try {
    while (!signal.aborted) {
      yield supervisor.list();
      await changes.next();
    }
  } finally {
    changes.stop();
  }
}

function readCard({ supervisor, log }: ServerDeps, signal: AbortSignal): AsyncGenerator<ReadEvent, void, undefined> {
  return stream(signal, async (emit, leave) => {
    // A page left a moment ago may still hold the reader: the newer one is in front of the person.
    const borrowed = await supervisor.borrow('id-reader', leave, 'take-over');
    if (!borrowed.ok) {
      if (borrowed.reason !== 'busy') emit({ kind: 'failed', reason: readRefusal(borrowed.reason) });
      return;
    }
    const { id, device, release, signal: lost } = borrowed.value;
    let suspect = false;
    for await (const event of device.read(lost)) {
      if (event.kind === 'failed') {
        log('devices.use-failed', { device: id, reason: event.reason });
        suspect = event.reason === 'reader-silent';
      }
      emit(event);
    }
    await release(suspect);
  });
}

function readRefusal(reason: BorrowFailure): ReadFailure {
  return reason === 'faulty' ? 'reader-silent' : 'reader-absent';
}

/** Goes on when the caller leaves: half a receipt helps nobody. */
async function print({ supervisor, log }: ServerDeps, job: string, document: PrintDocument): Promise<PrintOutcome> {
  const borrowed = await supervisor.borrow('ticket-printer', new AbortController().signal, 'refuse');
  if (!borrowed.ok) return { ok: false, reason: printRefusal(borrowed) };
  const { device, signal, release, id } = borrowed.value;
  let suspect = true;
  try {
    const outcome = await device.print(document, signal);
    suspect = !outcome.ok;
    log('devices.print-ended', { device: id, job, outcome: outcome.ok ? outcome.value : outcome.reason });
    return outcome;
  } finally {
    await release(suspect);
  }
}

/** A printer's own trouble is passed on by its name; one that does not answer is `offline`. */
function printRefusal({ reason, detail }: Refused<BorrowFailure>): PrintFailure {
  if (reason !== 'faulty') return reason;
  return printFailure.safeParse(detail).data ?? 'offline';
}

function watchPad(
  { supervisor }: ServerDeps,
  signal: AbortSignal,
): AsyncGenerator<{ level: RatingLevel }, void, undefined> {
  return stream(signal, async (emit, leave) => {
    const changes = new Changes((listener) => supervisor.onChange(listener), leave);
    while (!leave.aborted) {
      const borrowed = await supervisor.borrow('rating-pad', leave, 'take-over');
      if (borrowed.ok) {
        const { device, release, signal: lost } = borrowed.value;
        for await (const level of device.watch(lost)) emit({ level });
        await release(false);
        if (lost.aborted) break;
      } else if (borrowed.reason === 'busy') {
        // Taken over by a newer page, whose watch goes on.
        break;
      }
      await changes.next();
    }
    changes.stop();
  });
}

function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}

async function* guard<T>(
  events: AsyncGenerator<T, void, undefined>,
  deps: ServerDeps,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    deps.onBug(error);
    throw error;
  }
}
