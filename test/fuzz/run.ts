import { isDeepStrictEqual } from 'node:util';
import { SeededRandom } from '../../src/devices/faults/random.ts';
import { isDoneIn } from './in-time.ts';
import { cutUp, makeStream } from './make-stream.ts';
import type { FuzzTarget, Parser } from './target.ts';
import { textOf } from './target.ts';

export interface Trial {
  readonly stream: Buffer;
  readonly messages: number;
  /** The most that the parser kept between two pieces. */
  readonly pendingBytes: number;
  readonly complaint?: string;
}

/** A thousand times what the slowest stream takes: whoever needs longer is in a loop. */
const STREAM_LIMIT_MS = 3_000;

/** One stream, made from a seed of its own, so that it can be tried again alone. A parser that does not come to its end is cut off. */
export function tryStream(target: FuzzTarget, seed: number): Trial {
  const trials: Trial[] = [];
  isDoneIn(STREAM_LIMIT_MS, () => trials.push(tryEndless(target, seed)));
  const { bytes: stream } = makeStream(target, new SeededRandom(seed));
  return trials[0] ?? { stream, messages: 0, pendingBytes: 0, complaint: ENDLESS };
}

const ENDLESS = `does not come to an end: cut off after ${STREAM_LIMIT_MS / 1_000} s`;

function tryEndless(target: FuzzTarget, seed: number): Trial {
  const random = new SeededRandom(seed);
  const { bytes: stream, means } = makeStream(target, random);
  const pieces = cutUp(stream, target, random);
  let pendingBytes = 0;
  let messages = 0;
  const read = (parts: readonly Uint8Array[]): unknown[] => {
    const parser: Parser<unknown> = target.open();
    const found: unknown[] = [];
    for (const part of parts) {
      // A copy: what a parser keeps must be its own, and a driver overwrites what it was given.
      const given = Buffer.from(part);
      for (const message of parser.push(given)) found.push(message);
      given.fill(0);
      pendingBytes = Math.max(pendingBytes, parser.pendingBytes);
    }
    messages = found.length;
    return found;
  };
  const complain = (): string | undefined => {
    const found = read(pieces);
    if (!isDeepStrictEqual(read(target.keepsApart ? pieces : [stream]), found))
      return 'depends on how the stream is cut';
    if (pendingBytes > target.mostPendingBytes) return `keeps ${pendingBytes} bytes`;
    if (means && !isDeepStrictEqual(found, means)) return `does not find what was written: ${textOf(means)}`;
    return target.complaint(stream, found);
  };
  let complaint: string | undefined;
  try {
    complaint = complain();
  } catch (error) {
    complaint = `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  return { stream, messages, pendingBytes, ...(complaint === undefined ? {} : { complaint }) };
}

export interface Failure {
  readonly target: string;
  /** For {@link tryStream}. */
  readonly seed: number;
  readonly complaint: string;
}

export interface Tally {
  readonly target: string;
  readonly streams: number;
  readonly messages: number;
  readonly bytes: number;
  readonly pendingBytes: number;
  readonly mostPendingBytes: number;
  readonly seconds: number;
  readonly failures: readonly Failure[];
}

/** So many failures of a parser are told; the others are most likely the same. */
const MOST_FAILURES = 10;

/** `streams` are those of all targets together; each gets its part. The same seed gives the same streams. */
export function* fuzz(
  targets: readonly FuzzTarget[],
  streams: number,
  seed: number,
): Generator<Tally, void, undefined> {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  let [rest, weightsLeft] = [streams, weights];
  for (const [index, target] of targets.entries()) {
    const part = Math.round((rest * target.weight) / weightsLeft);
    rest -= part;
    weightsLeft -= target.weight;
    yield fuzzTarget(target, part, seed + index);
  }
}

/** So many streams are looked after together: a watch over each of them would take longer than most streams do. */
const STREAMS_AT_ONCE = 500;

function fuzzTarget(target: FuzzTarget, streams: number, seed: number): Tally {
  const seeds = new SeededRandom(seed);
  const failures: Failure[] = [];
  let [left, messages, bytes, pendingBytes] = [streams, 0, 0, 0];
  const start = performance.now();
  const count = (streamSeed: number, trial: Trial): void => {
    left -= 1;
    messages += trial.messages;
    bytes += trial.stream.length;
    pendingBytes = Math.max(pendingBytes, trial.pendingBytes);
    if (trial.complaint !== undefined)
      failures.push({ target: target.name, seed: streamSeed, complaint: trial.complaint });
  };
  const goesOn = (): boolean => left > 0 && failures.length < MOST_FAILURES && failures.at(-1)?.complaint !== ENDLESS;
  while (goesOn()) {
    const begun: number[] = [];
    const isDone = isDoneIn(STREAM_LIMIT_MS, () => {
      while (begun.length < STREAMS_AT_ONCE && goesOn()) {
        const streamSeed = seeds.below(2 ** 32);
        begun.push(streamSeed);
        count(streamSeed, tryEndless(target, streamSeed));
      }
    });
    const last = begun.at(-1);
    // Alone it has all the time, so that a slow machine is not taken for an endless loop.
    if (!isDone && last !== undefined) count(last, tryStream(target, last));
  }
  const { name, mostPendingBytes } = target;
  const seconds = (performance.now() - start) / 1_000;
  return { target: name, streams: streams - left, messages, bytes, pendingBytes, mostPendingBytes, seconds, failures };
}
