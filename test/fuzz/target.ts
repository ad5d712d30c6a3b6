import type { SeededRandom } from '../../src/devices/faults/random.ts';

/** A parser of a driver, as far as every one is the same. */
export interface Parser<M> {
  push(bytes: Uint8Array): readonly M[];
  /** What it keeps for later. */
  readonly pendingBytes: number;
}

/** Valid bytes, and what a parser must find in them when they come from the beginning and alone. */
export interface Sample<M> {
  readonly bytes: Uint8Array;
  readonly means: readonly M[];
}

/** One parser of a driver, and what its streams are made of. */
export interface FuzzTarget<M = unknown> {
  /** The driver's name, then what tells its parsers apart. */
  readonly name: string;
  /** Its part of all streams, beside the others'. */
  readonly weight: number;
  /** No stream may leave it with more bytes kept than this. */
  readonly mostPendingBytes: number;
  /** Bytes that a message may begin with: they are put where none begins. */
  readonly heads: readonly Uint8Array[];
  /** Length of the reports, for a parser that gets whole ones; without it a stream is cut anywhere. */
  readonly reportBytes?: number;
  /** Whether what is found depends on where the stream is cut: so with reports that a driver sees one by one, and with documents. */
  readonly keepsApart?: true;
  open(): Parser<M>;
  sample(random: SeededRandom): Sample<M>;
  /** What is wrong with what was found in the stream: a message that is not in it, a card that does not say what it was read as. */
  complaint(stream: Buffer, found: readonly M[]): string | undefined;
}

/** For a decoder that is told a whole document at once and keeps nothing. */
export const documentParser = <M>(read: (bytes: Uint8Array) => readonly M[]): Parser<M> => ({
  push: read,
  pendingBytes: 0,
});

/**
 * A message that is not in the stream was made up, or passed although its check value was wrong. Each may be written in several
 * ways; they must stand one behind the other.
 */
export function missingIn<M>(
  stream: Buffer,
  found: readonly M[],
  waysToWrite: (message: M) => readonly Uint8Array[],
): string | undefined {
  let from = 0;
  for (const message of found) {
    const ends = waysToWrite(message).flatMap((way) => {
      const at = stream.indexOf(way, from);
      return at === -1 ? [] : [at + way.length];
    });
    if (ends.length === 0) return `found what is not there: ${textOf(message)}`;
    from = Math.min(...ends);
  }
  return undefined;
}

const MOST_TEXT = 400;

/** A message for a person, its bytes in hexadecimal digits; the beginning of a long one. */
export function textOf(message: unknown): string {
  const text = JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
