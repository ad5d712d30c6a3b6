import type { SeededRandom } from '../../src/devices/faults/random.ts';
import type { FuzzTarget, Sample } from './target.ts';

/** What may come over a line: whole messages, damaged ones and noise. */
export interface MadeStream<M> {
  readonly bytes: Buffer;
  /** What must be found, when nothing in it was damaged. */
  readonly means?: readonly M[];
}

const MOST_NOISE_BYTES = 200;
const MOST_DAMAGES = 4;
/** One stream in so many has a run that is longer than anything a parser keeps. */
const LONG_RUN_EVERY = 250;

export function makeStream<M>(target: FuzzTarget<M>, random: SeededRandom): MadeStream<M> {
  const kind = random.below(10);
  if (kind === 0) return { bytes: noise(random, MOST_NOISE_BYTES) };
  const samples = Array.from({ length: random.of([1, 1, 2, 4]) }, () => target.sample(random));
  if (kind === 1) return undamaged(target.keepsApart ? samples.slice(0, 1) : samples);
  const parts = samples.map(({ bytes }) => damaged(target, Buffer.from(bytes), random));
  if (kind === 2) return { bytes: Buffer.concat(parts.flatMap((part) => [noise(random, 20), part])) };
  if (random.below(LONG_RUN_EVERY) === 0) parts.splice(random.below(parts.length + 1), 0, longRun(target, random));
  return { bytes: Buffer.concat(parts) };
}

function undamaged<M>(samples: readonly Sample<M>[]): MadeStream<M> {
  return {
    bytes: Buffer.concat(samples.map(({ bytes }) => bytes)),
    means: samples.flatMap(({ means }) => means),
  };
}

/** Of any bytes, or of few different ones: chance meets lengths and checksums sooner in these. */
function noise(random: SeededRandom, most: number): Buffer {
  const values = random.of([2, 8, 256]);
  const bytes = Buffer.allocUnsafe(random.below(most));
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.below(values);
  return bytes;
}

function longRun(target: FuzzTarget, random: SeededRandom): Buffer {
  const run = Buffer.alloc(random.below(3 * target.mostPendingBytes + 1), random.below(256));
  const head = target.heads.length > 0 ? random.of(target.heads) : new Uint8Array();
  return Buffer.concat([head, run]);
}

type Damage = (bytes: Buffer, random: SeededRandom, target: FuzzTarget) => Buffer;

function damaged(target: FuzzTarget, message: Buffer, random: SeededRandom): Buffer {
  let bytes = message;
  for (let left = random.below(MOST_DAMAGES); left > 0; left -= 1) {
    bytes = random.of(damages)(bytes, random, target);
  }
  return bytes;
}

const damages: readonly Damage[] = [
  /** Flipped bits. */
  (bytes, random) => {
    for (let left = 1 + random.below(3); left > 0; left -= 1)
      change(bytes, random, (byte) => byte ^ (1 << random.below(8)));
    return bytes;
  },
  /** A length or a type that is wrong by little or by much: heads are short in all protocols. */
  (bytes, random) => {
    const value = random.of([0x00, 0x01, 0x02, 0x7f, 0x80, 0xfe, 0xff]);
    change(bytes.subarray(0, 16), random, (byte) => (random.below(2) === 0 ? value : byte + random.of([-1, 1])));
    return bytes;
  },
  /** A check value that is wrong: it stands at the end in all of them. */
  (bytes, random) => {
    change(bytes.subarray(-4), random, (byte) => byte ^ (1 + random.below(255)));
    return bytes;
  },
  /** The end never came. */
  (bytes, random, target) => bytes.subarray(0, place(bytes, random, target)),
  /** The beginning was missed. */
  (bytes, random, target) => bytes.subarray(place(bytes, random, target)),
  /** A piece was lost. */
  (bytes, random, target) => {
    const [from, to] = range(bytes, random, target);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  /** A piece came twice. */
  (bytes, random, target) => {
    const [from, to] = range(bytes, random, target);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  /** Noise inside. */
  (bytes, random, target) => inserted(bytes, noise(random, 12), place(bytes, random, target)),
  /** A message that begins inside another one. */
  (bytes, random, target) =>
    target.heads.length === 0 ? bytes : inserted(bytes, random.of(target.heads), place(bytes, random, target)),
  /** The front of one message and the back of another. */
  (bytes, random, target) => {
    const other = Buffer.from(target.sample(random).bytes);
    return Buffer.concat([
      bytes.subarray(0, place(bytes, random, target)),
      other.subarray(place(other, random, target)),
    ]);
  },
];

function change(bytes: Buffer, random: SeededRandom, by: (byte: number) => number): void {
  if (bytes.length === 0) return;
  const at = random.below(bytes.length);
  bytes.writeUInt8(by(bytes.readUInt8(at)) & 0xff, at);
}

const inserted = (bytes: Buffer, piece: Uint8Array, at: number): Buffer =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);

/** With reports, mostly between two of them. */
function place(bytes: Buffer, random: SeededRandom, { reportBytes = 1 }: FuzzTarget): number {
  const at = random.below(bytes.length + 1);
  return random.below(4) === 0 ? at : at - (at % reportBytes);
}

function range(bytes: Buffer, random: SeededRandom, target: FuzzTarget): readonly [number, number] {
  const [one, other] = [place(bytes, random, target), place(bytes, random, target)];
  return [Math.min(one, other), Math.max(one, other)];
}

/** The pieces in which a stream arrives. */
export function cutUp(bytes: Buffer, { reportBytes, keepsApart }: FuzzTarget, random: SeededRandom): Buffer[] {
  if (reportBytes === undefined && keepsApart) return [bytes];
  const most = reportBytes ?? random.of([1, 8, 64, 64, 64, 400, 400, 4_000]);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = reportBytes ?? 1 + random.below(most);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}
