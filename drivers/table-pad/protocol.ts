import type { FrameField, FrameTemplate, PadProfile } from './profile.ts';

/** Frames and messages of a pad, both directions, as its table says. Pure. */

export interface PadFrame {
  readonly address: number;
  readonly function: number;
  readonly data: Uint8Array;
}

type FrameTable = Pick<PadProfile, 'frame' | 'lengthCounts' | 'checksum' | 'longestData'>;

/** Where the fields of one frame begin. */
type Places = Record<FrameField, number>;

const checksumSize = ({ checksum }: FrameTable): number => (checksum.rule === 'crc16' ? 2 : 1);

/** What the length counts besides the data. */
function countedBesides(table: FrameTable): number {
  const sizes = { length: 1, address: 1, function: 1, data: 0, checksum: checksumSize(table) };
  return table.lengthCounts.reduce((sum, name) => sum + sizes[name], 0);
}

export function encodeFrame(table: FrameTable, frame: PadFrame, template: FrameTemplate = table.frame): Uint8Array {
  const dataSize = frame.data.length;
  const known = { ...frame, length: countedBesides(table) + dataSize };
  const places = noPlaces();
  const bytes: number[] = [];
  for (const part of template) {
    if (typeof part !== 'number') places[part] = bytes.length;
    if (part === 'data') bytes.push(...frame.data);
    else if (part === 'checksum') bytes.push(...Array.from({ length: checksumSize(table) }, () => 0));
    else bytes.push(typeof part === 'number' ? part : known[part]);
  }
  const encoded = Buffer.from(bytes);
  encoded.writeUIntLE(checksumOf(table, encoded, places, dataSize), places.checksum, checksumSize(table));
  return encoded;
}

const noPlaces = (): Places => ({ length: -1, address: -1, function: -1, data: -1, checksum: -1 });

function checksumOf({ checksum }: FrameTable, bytes: Buffer, places: Places, dataSize: number): number {
  const step = steps[checksum.rule];
  let sum = checksum.rule === 'crc16' ? 0xff_ff : 0;
  for (const name of checksum.over) {
    const end = places[name] + (name === 'data' ? dataSize : 1);
    for (let at = places[name]; at < end; at += 1) sum = step(sum, bytes.readUInt8(at));
  }
  return sum;
}

const steps: Readonly<Record<PadProfile['checksum']['rule'], (sum: number, byte: number) => number>> = {
  sum8: (sum, byte) => (sum + byte) & 0xff,
  xor8: (sum, byte) => sum ^ byte,
  crc16: (sum, byte) => {
    let crc = sum ^ byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa0_01 : crc >> 1;
    return crc;
  },
};

/**
 * Finds frames in a stream; what it finds depends on the bytes only, never on how they were cut. Fixed bytes, length and checksum
 * are all verified; where they do not fit, the search goes on one byte further, so a true frame after noise is not lost. Of
 * several templates the first one that fits counts.
 */
export class FrameDecoder {
  readonly #table: FrameTable;
  readonly #templates: readonly FrameTemplate[];
  readonly #besides: number;
  readonly #checksumSize: number;
  #pending: Buffer = Buffer.alloc(0);

  constructor(table: FrameTable, templates: readonly FrameTemplate[] = [table.frame]) {
    this.#table = table;
    this.#templates = templates;
    this.#besides = countedBesides(table);
    this.#checksumSize = checksumSize(table);
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): PadFrame[] {
    const buffer = this.#pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#pending, bytes]);
    const frames: PadFrame[] = [];
    let at = 0;
    while (at < buffer.length) {
      const found = this.#readAny(buffer, at);
      if (found === 'unfinished') break;
      if (found !== 'noise') frames.push(found.frame);
      at = found === 'noise' ? at + 1 : found.end;
    }
    this.#pending = buffer.subarray(at);
    return frames;
  }

  reset(): void {
    this.#pending = Buffer.alloc(0);
  }

  #readAny(bytes: Buffer, start: number): Found {
    for (const template of this.#templates) {
      const found = this.#read(template, bytes, start);
      if (found !== 'noise') return found;
    }
    return 'noise';
  }

  #read(template: FrameTemplate, bytes: Buffer, start: number): Found {
    const places = noPlaces();
    let dataSize = 0;
    let at = start;
    for (const part of template) {
      const size = part === 'data' ? dataSize : part === 'checksum' ? this.#checksumSize : 1;
      if (at + size > bytes.length) return 'unfinished';
      if (typeof part === 'number') {
        if (bytes[at] !== part) return 'noise';
      } else if (part === 'length') {
        if (places.length !== -1 && bytes[places.length] !== bytes[at]) return 'noise';
        dataSize = bytes.readUInt8(at) - this.#besides;
        if (dataSize < 0 || dataSize > this.#table.longestData) return 'noise';
      }
      if (typeof part !== 'number') places[part] = at;
      at += size;
    }
    const checksum = checksumOf(this.#table, bytes, places, dataSize);
    if (bytes.readUIntLE(places.checksum, this.#checksumSize) !== checksum) return 'noise';
    const data = Uint8Array.from(bytes.subarray(places.data, places.data + dataSize));
    const frame = { address: bytes.readUInt8(places.address), function: bytes.readUInt8(places.function), data };
    return { frame, end: at };
  }
}

type Found = { readonly frame: PadFrame; readonly end: number } | 'unfinished' | 'noise';

export type PadCommand = keyof PadProfile['commands'];
const commandNames: readonly PadCommand[] = ['start', 'stars', 'number', 'beep'];

export type FromHost =
  /** A value that is longer than the pad can show loses its first digits. */
  | { readonly kind: 'command'; readonly name: PadCommand; readonly value: number }
  /** The key only where the profile has it in its acknowledgement. */
  | { readonly kind: 'acknowledged'; readonly key?: number };
export type FromPad = { readonly kind: 'press'; readonly key: number } | { readonly kind: 'answer' };

/** Throws for a command that the profile does not have. */
export function encodeCommand(profile: PadProfile, name: PadCommand, value = 0): Uint8Array {
  const command = profile.commands[name];
  if (!command) throw new Error(`this pad has no command ${name}`);
  return encodeFrame(profile, { address: profile.address, function: command.function, data: dataOf(command, value) });
}

function dataOf({ data, digits = 0 }: PadProfile['commands']['start'], value: number): Uint8Array {
  const shown = Array.from({ length: digits }, (_, place) => Math.floor(value / 10 ** (digits - 1 - place)) % 10);
  return Uint8Array.of(...data, ...shown);
}

/** Nothing for a pad that wants no acknowledgement. */
export function encodeAcknowledgement(profile: PadProfile, key: number): Uint8Array | undefined {
  const { address, acknowledge } = profile;
  if (!acknowledge) return undefined;
  const data = acknowledge.data === 'key' ? Uint8Array.of(key) : new Uint8Array();
  return encodeFrame(profile, { address, function: acknowledge.function, data }, acknowledge.frame);
}

export const encodePress = (profile: PadProfile, key: number): Uint8Array =>
  encodeFrame(profile, { address: profile.address, function: profile.press, data: Uint8Array.of(key) });

/** Nothing for a pad that answers nothing. */
export function encodeAnswer({ address, answer, ...table }: PadProfile): Uint8Array | undefined {
  return answer && encodeFrame(table, { address, function: answer.function, data: answer.data });
}

/** What a frame of our pad says; nothing for one of another pad, or that says something else. */
export function readFromPad({ address, press, answer }: PadProfile, frame: PadFrame): FromPad | undefined {
  if (frame.address !== address) return undefined;
  const [key] = frame.data;
  if (frame.function === press && frame.data.length === 1 && key !== undefined) return { kind: 'press', key };
  const isAnswer = frame.function === answer?.function && sameBytes(frame.data, answer.data);
  return isAnswer ? { kind: 'answer' } : undefined;
}

/** What a frame to our pad says; nothing for one to another pad, or that says something else. */
export function readFromHost(profile: PadProfile, frame: PadFrame): FromHost | undefined {
  const { address, acknowledge, commands } = profile;
  if (frame.address !== address) return undefined;
  for (const name of commandNames) {
    const command = commands[name];
    if (command?.function !== frame.function) continue;
    const digits = frame.data.subarray(command.data.length);
    const value = digits.reduce((sum, digit) => sum * 10 + digit, 0);
    if (sameBytes(frame.data, dataOf(command, value))) return { kind: 'command', name, value };
  }
  if (frame.function !== acknowledge?.function) return undefined;
  if (acknowledge.data === 'none') return frame.data.length === 0 ? { kind: 'acknowledged' } : undefined;
  const [key] = frame.data;
  return frame.data.length === 1 && key !== undefined ? { kind: 'acknowledged', key } : undefined;
}

/** The frames that a host sends. */
export const hostTemplates = ({ frame, acknowledge }: PadProfile): readonly FrameTemplate[] =>
  acknowledge?.frame ? [frame, acknowledge.frame] : [frame];

export const nameOfKey = (key: number): string => key.toString(16).toUpperCase().padStart(2, '0');

export const levelOfKey = (profile: PadProfile, key: number): PadProfile['keys'][string] | undefined =>
  profile.keys[nameOfKey(key)];

const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;
