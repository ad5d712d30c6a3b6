import type { FrameField, PadProfile } from './profile.ts';

/** Bytes and frames of a pad, both directions, as its profile says. Pure. */

export interface PadFrame {
  readonly address: number;
  readonly function: number;
  readonly data: Uint8Array;
}

type FrameTable = Pick<PadProfile, 'frame' | 'lengthCounts' | 'checksum' | 'longestData'>;
type Fields = Readonly<Record<FrameField, readonly number[]>>;

export function encodeFrame(table: FrameTable, frame: PadFrame): Uint8Array {
  const fields = fieldsOf(table, frame);
  return Uint8Array.from(table.frame.flatMap((part) => (typeof part === 'number' ? [part] : fields[part])));
}

function fieldsOf(table: FrameTable, frame: PadFrame): Fields {
  const known = { address: [frame.address], function: [frame.function], data: [...frame.data] };
  const sizes = { length: 1, address: 1, function: 1, checksum: 1, data: frame.data.length };
  const length = [table.lengthCounts.reduce((sum, field) => sum + sizes[field], 0)];
  const covered = { ...known, length, checksum: [] };
  const checksum = [
    checksumOf(
      table,
      table.checksum.over.flatMap((field) => covered[field]),
    ),
  ];
  return { ...known, length, checksum };
}

function checksumOf({ checksum }: FrameTable, covered: readonly number[]): number {
  return covered.reduce((sum, byte) => (checksum.rule === 'sum8' ? (sum + byte) & 0xff : sum ^ byte), 0);
}

export type PadCommand = keyof PadProfile['commands'];

/** `number` is shown by a command that has digits; shorter numbers get leading zeros, from longer ones the last digits are shown. */
export function encodeCommand(profile: PadProfile, name: PadCommand, number = 0): Uint8Array {
  const { function: code, data, digits = 0 } = profile.commands[name];
  const shown = Array.from({ length: digits }, (_, place) => Math.floor(number / 10 ** (digits - 1 - place)) % 10);
  return encodeFrame(profile, { address: profile.address, function: code, data: Uint8Array.of(...data, ...shown) });
}

/**
 * Finds frames in a stream, in any chunking. Fixed bytes, length, checksum and tail are all verified; at the first thing that does not
 * fit, one byte is dropped and the search goes on behind it, so a true frame after noise is not lost.
 */
export class FrameDecoder {
  readonly #table: FrameTable;
  #pending: number[] = [];

  constructor(table: FrameTable) {
    this.#table = table;
  }

  push(bytes: Uint8Array): PadFrame[] {
    this.#pending.push(...bytes);
    const frames: PadFrame[] = [];
    while (this.#pending.length > 0) {
      const found = readFrame(this.#table, this.#pending);
      if (found === 'unfinished') break;
      if (found === 'noise') {
        this.#pending.shift();
      } else {
        this.#pending.splice(0, found.bytes);
        frames.push(found.frame);
      }
    }
    return frames;
  }

  reset(): void {
    this.#pending = [];
  }
}

function readFrame(
  table: FrameTable,
  bytes: readonly number[],
): { frame: PadFrame; bytes: number } | 'unfinished' | 'noise' {
  const fixedSize = table.lengthCounts.filter((field) => field !== 'data').length;
  const read: Record<Exclude<FrameField, 'data'>, number | undefined> = {
    length: undefined,
    address: undefined,
    function: undefined,
    checksum: undefined,
  };
  let data: readonly number[] = [];
  let at = 0;
  for (const part of table.frame) {
    if (part === 'data') {
      const size = (read.length ?? 0) - fixedSize;
      if (size < 0 || size > table.longestData) return 'noise';
      if (bytes.length < at + size) return 'unfinished';
      data = bytes.slice(at, at + size);
      at += size;
      continue;
    }
    const byte = bytes[at];
    if (byte === undefined) return 'unfinished';
    const wanted = typeof part === 'number' ? part : read[part];
    if (wanted !== undefined && wanted !== byte) return 'noise';
    if (typeof part !== 'number') read[part] = byte;
    at += 1;
  }
  const { address = 0, function: code = 0, checksum } = read;
  const frame: PadFrame = { address, function: code, data: Uint8Array.from(data) };
  return fieldsOf(table, frame).checksum[0] === checksum ? { frame, bytes: at } : 'noise';
}

/** A press of this frame: the raw key, when it is one of our pad. */
export function pressedKey(profile: PadProfile, frame: PadFrame): number | undefined {
  if (frame.address !== profile.address || frame.function !== profile.press.function) return undefined;
  return frame.data.length === 1 ? frame.data[0] : undefined;
}

/** The frame itself with the acknowledging function. */
export const acknowledgementOf = (profile: PadProfile, press: PadFrame): Uint8Array =>
  encodeFrame(profile, { ...press, function: profile.press.acknowledge });

export const levelOfKey = (profile: PadProfile, key: number): PadProfile['keys'][string] | undefined =>
  profile.keys[key.toString(16).toUpperCase().padStart(2, '0')];

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
