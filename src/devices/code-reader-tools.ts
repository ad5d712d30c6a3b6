import { z } from 'zod';
import { sampleCodes } from '../domain/sample-codes.ts';
import type { Clock, DriverContext, ReadCode } from './driver.ts';
import type { Underway } from './driver-tools.ts';
import { Arrivals, paused } from './driver-tools.ts';

/** What the drivers and the simulators of code readers have in common. Besides the driver contract, drivers may import this file. */

/** Tells once that the reader's session has ended, with its code when it read one. */
export type OnSessionEnd = (code: ReadCode | undefined) => void;

export interface CodeWatch {
  /** Starts listening; returns what stops it. */
  readonly listen: (onSessionEnd: OnSessionEnd) => () => void;
  /** Lets the reader look for codes again and again until the signal is aborted; absent for one that always does. */
  readonly keepLooking?: (sessionEnds: Arrivals<true>, signal: AbortSignal) => Promise<void>;
  /** The same code counts as shown again when it has not come for so long. */
  readonly repeatMs: number;
}

/** The codes of one watch, repeats left out, until the caller leaves, the driver is reset or its line closes. */
export async function* watchCodes(
  { clock }: Pick<DriverContext, 'clock'>,
  underway: Underway,
  signal: AbortSignal,
  { listen, keepLooking, repeatMs }: CodeWatch,
): AsyncGenerator<ReadCode, void, undefined> {
  if (underway.isClosed) return;
  const over = new AbortController();
  const until = AbortSignal.any([signal, underway.signal, over.signal]);
  const codes = new Arrivals<ReadCode>();
  const sessionEnds = new Arrivals<true>();
  const repeats = new Repeats(clock, repeatMs);
  const stop = listen((code) => {
    sessionEnds.push(true);
    if (code && !repeats.has(code)) codes.push(code);
  });
  const looking = keepLooking?.(sessionEnds, until);
  try {
    yield* codes.until(until);
  } finally {
    over.abort();
    stop();
    await looking;
  }
}

/** Whether a session has ended before so long was over. */
export async function sessionEnded(
  sessionEnds: Arrivals<true>,
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const ended = new AbortController();
  const quiet = new AbortController();
  void paused(clock, milliseconds, AbortSignal.any([signal, ended.signal])).then(() => quiet.abort());
  const end = await sessionEnds.next(quiet.signal);
  ended.abort();
  return end !== undefined;
}

/**
 * Tells a code that a reader sends again (it stays in view, or the acknowledgement got lost) from one that is shown again: the same
 * bytes count as new once they have not come for so long.
 */
export class Repeats {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  #last: { readonly bytes: Uint8Array; readonly at: number } | undefined;

  constructor(clock: Clock, milliseconds: number) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
  }

  /** Remembers the code for the next call. */
  has({ bytes }: ReadCode): boolean {
    const at = this.#clock.now().getTime();
    const last = this.#last;
    this.#last = { bytes, at };
    return last !== undefined && at - last.at < this.#milliseconds && Buffer.compare(last.bytes, bytes) === 0;
  }
}

/** AIM symbology identifier without its `]`. */
export const aimSymbology = z.string().regex(/^[A-Za-z][0-9A-Za-z]$/u);

/**
 * What can be done at a simulated code reader: hold a code with a text in front of it, or give it one of its faults. `symbology`: how
 * the kind of code is named there, sent where the profile says so.
 */
export function codeReaderAction<F extends z.ZodType, S extends z.ZodType>(fault: F, symbology: S) {
  return z.union([
    z.strictObject({ show: z.string().meta({ examples: sampleCodes }), symbology: symbology.optional() }),
    z.strictObject({ fault }),
  ]);
}

const STUCK_EVERY_MS = 700;

/** Something that is stuck in front of a simulated reader: its code comes again and again until it is taken away. */
export class StuckCode {
  readonly #clock: Clock;
  #there = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  showAgain(show: () => void): void {
    void paused(this.#clock, STUCK_EVERY_MS, this.#there.signal).then((isThere) => {
      if (isThere) show();
    });
  }

  takeAway(): void {
    this.#there.abort();
    this.#there = new AbortController();
  }
}
