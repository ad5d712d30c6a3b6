import { MOST_CODE_BYTES, MOST_FRAME_DATA_BYTES, MOST_TEXT_REPLY_BYTES } from './limits.ts';

/**
 * Newland scan engines, both framings, both directions. Pure.
 *
 * Codes arrive as text with an end mark; answers to commands are framed and arrive on the same line.
 *
 * `frames`: host `7E 00 TYPE LEN ADDRESS(2) DATA… CRC(2)`, scanner `02 00 TYPE LEN DATA… CRC(2)`. CRC-16, polynomial 1021, start 0,
 * over everything between the first two bytes and itself. LEN counts DATA.
 *
 * `text`: host `7E 01 30 30 30 30 STORE COMMAND 3B 03`, scanner `02 01 30 30 30 30 STORE COMMAND STATUS 3B 03`.
 */

export interface ScannerFormat {
  readonly framing: 'frames' | 'text';
  /** What stands behind each code: one or two ASCII characters. */
  readonly end: string;
  /** Whether an AIM identifier (`]Q1`) stands before each code. */
  readonly aim: boolean;
}

export type Reply =
  | { readonly framing: 'frames'; readonly type: number; readonly data: Uint8Array }
  | { readonly framing: 'text'; readonly command: string; readonly status: TextStatus };

/** Done; value out of range or bad question; no such command. */
export type TextStatus = 'ack' | 'nak' | 'enq';

export interface ScannedBytes {
  readonly bytes: Uint8Array;
  /** AIM identifier without its `]`. */
  readonly symbology?: string;
}

export type Message =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'code'; readonly code: ScannedBytes };

/** Types of frames to the scanner: read or write bytes of its settings, by address. Written ones last until power-off. */
export const frameType = { read: 0x07, write: 0x08 } as const;
/** Types of frames from the scanner. */
export const replyType = { done: 0x00, badCrc: 0x01, invalid: 0x03 } as const;

/** A command frame. For `read`, `data` is the one byte that says how many bytes. */
export const encodeFrameCommand = (type: number, address: number, ...data: readonly number[]): Uint8Array =>
  framed(COMMAND_HEAD, [type, data.length, address >> 8, address & 0xff, ...data]);

/** Settings sent with `#` last until power-off. */
export const encodeTextCommand = (command: string): Uint8Array =>
  Uint8Array.from(Buffer.from(`~\u00010000#${command};\u0003`));

const REPLY_HEAD = 0x02;
const COMMAND_HEAD = 0x7e;
const STATUS_BYTE = { ack: 0x06, nak: 0x15, enq: 0x05 } as const;

/** What the scanner sends. */
export function encodeReply(reply: Reply): Uint8Array {
  if (reply.framing === 'frames') return framed(REPLY_HEAD, [reply.type, reply.data.length, ...reply.data]);
  const status = String.fromCharCode(STATUS_BYTE[reply.status]);
  return Uint8Array.from(Buffer.from(`\u0002\u00010000#${reply.command}${status};\u0003`));
}

export function encodeCode({ end, aim }: ScannerFormat, { bytes, symbology }: ScannedBytes): Uint8Array {
  const before = aim && symbology !== undefined ? `]${symbology}` : '';
  return Uint8Array.of(...Buffer.from(before), ...bytes, ...Buffer.from(end));
}

function framed(head: number, body: readonly number[]): Uint8Array {
  const check = crc(body);
  return Uint8Array.of(head, 0x00, ...body, check >> 8, check & 0xff);
}

function crc(bytes: Iterable<number>): number {
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) value = ((value << 1) ^ (value & 0x80_00 ? 0x10_21 : 0)) & 0xff_ff;
  }
  return value;
}

/** A piece of the stream that is whole, and how many bytes it takes; `unfinished` when more bytes must come to know. */
type Read<T> = { readonly value: T; readonly bytes: number } | 'unfinished' | 'none';

function readFrame(bytes: Buffer, head: number): Read<Buffer> {
  if (bytes[0] !== head) return 'none';
  if (bytes.length > 1 && bytes[1] !== 0x00) return 'none';
  if (bytes.length < 4) return 'unfinished';
  // Commands carry two bytes of address besides what their length counts.
  const size = bytes.readUInt8(3) + (head === COMMAND_HEAD ? 2 : 0);
  if (size > MOST_FRAME_DATA_BYTES) return 'none';
  if (bytes.length < size + 6) return 'unfinished';
  const body = bytes.subarray(2, 4 + size);
  return bytes.readUInt16BE(4 + size) === crc(body) ? { value: body, bytes: size + 6 } : 'none';
}

const TEXT_HEAD = '\u00010000';
const TEXT_END = ';\u0003';
/** Store and command. */
const TEXT_BODY = /^[@#][ -~]*$/u;
const STATUS: ReadonlyMap<string, TextStatus> = new Map([
  ['\u0006', 'ack'],
  ['\u0015', 'nak'],
  ['\u0005', 'enq'],
]);

interface TextFrame {
  readonly command: string;
  /** Absent in what the host sends. */
  readonly status: TextStatus | undefined;
}

function readText(bytes: Buffer, head: number): Read<TextFrame> {
  if (bytes[0] !== head) return 'none';
  const text = bytes.toString('latin1', 1, MOST_TEXT_REPLY_BYTES);
  if (!text.startsWith(TEXT_HEAD)) return TEXT_HEAD.startsWith(text) ? 'unfinished' : 'none';
  const end = text.indexOf(TEXT_END);
  const body = text.slice(TEXT_HEAD.length, end === -1 ? undefined : end);
  const status = STATUS.get(body.slice(-1));
  const stem = status ? body.slice(0, -1) : body;
  if (end !== -1 && TEXT_BODY.test(stem)) {
    return { value: { command: stem.slice(1), status }, bytes: 1 + end + TEXT_END.length };
  }
  // The end may be there by half: `;` without what follows it.
  const isBeginning =
    body === '' || TEXT_BODY.test(stem) || (body.endsWith(';') && isBodyWithStatus(body.slice(0, -1)));
  return end === -1 && isBeginning && bytes.length < MOST_TEXT_REPLY_BYTES ? 'unfinished' : 'none';
}

const isBodyWithStatus = (body: string): boolean => STATUS.has(body.slice(-1)) && TEXT_BODY.test(body.slice(0, -1));

function readReply(framing: ScannerFormat['framing'], bytes: Buffer): Read<Reply> {
  if (framing === 'frames') {
    const frame = readFrame(bytes, REPLY_HEAD);
    if (typeof frame === 'string') return frame;
    const data = Uint8Array.from(frame.value.subarray(2));
    return { value: { framing, type: frame.value.readUInt8(0), data }, bytes: frame.bytes };
  }
  const text = readText(bytes, REPLY_HEAD);
  if (typeof text === 'string') return text;
  const { command, status } = text.value;
  return status ? { value: { framing, command, status }, bytes: text.bytes } : 'none';
}

/**
 * Finds codes and answers in what a scanner sends, in any chunking. An answer is taken wherever it stands; text before it that had no
 * end is noise. A code longer than {@link MOST_CODE_BYTES} is dropped whole, and never kept longer than that.
 */
export class ScannerDecoder {
  readonly #format: ScannerFormat;
  readonly #end: Buffer;
  #pending = Buffer.alloc(0);
  /** Where the search for an answer goes on: none begins before that. */
  #searched = 0;
  #isTooLong = false;

  constructor(format: ScannerFormat) {
    this.#format = format;
    this.#end = Buffer.from(format.end);
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): Message[] {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    const messages: Message[] = [];
    for (let message = this.#next(); message !== 'unfinished'; message = this.#next()) {
      if (message !== 'none') messages.push(message);
    }
    this.#shorten();
    return messages;
  }

  clear(): void {
    this.#pending.fill(0);
    this.#drop(this.#pending.length);
  }

  /** `none`: something was skipped, and more may follow. */
  #next(): Message | 'none' | 'unfinished' {
    const head = this.#pending.indexOf(REPLY_HEAD, this.#searched);
    const end = this.#pending.indexOf(this.#end, Math.max(0, this.#searched - this.#end.length + 1));
    if (end !== -1 && (head === -1 || end < head)) return this.#codeUntil(end);
    this.#searched = head === -1 ? this.#pending.length : head;
    if (head === -1) return 'unfinished';
    const reply = readReply(this.#format.framing, this.#pending.subarray(head));
    if (reply === 'none') this.#searched += 1;
    if (typeof reply === 'string') return reply;
    this.#drop(head + reply.bytes);
    return { kind: 'reply', reply: reply.value };
  }

  #codeUntil(end: number): Message | 'none' {
    const code = readCode(this.#format, this.#pending.subarray(0, end));
    const isCode = !this.#isTooLong && code.bytes.length > 0 && end <= MOST_CODE_BYTES;
    this.#drop(end + this.#end.length);
    return isCode ? { kind: 'code', code } : 'none';
  }

  #drop(bytes: number): void {
    this.#pending = this.#pending.subarray(bytes);
    this.#searched = 0;
    this.#isTooLong = false;
  }

  /** Of a code that is too long already, only what may be the beginning of its end stays. */
  #shorten(): void {
    const beginningOfEnd = this.#end.length - 1;
    if (this.#searched > MOST_CODE_BYTES + this.#end.length) {
      this.#drop(this.#searched - beginningOfEnd);
      this.#searched = beginningOfEnd;
      this.#isTooLong = true;
    }
    this.#pending = Buffer.from(this.#pending);
  }
}

/** Flag, code character, modifier (ISO/IEC 15424). */
const AIM = /^\][A-Za-z][0-9A-Za-z]/u;
const AIM_BYTES = 3;

function readCode({ aim }: ScannerFormat, line: Buffer): ScannedBytes {
  if (!aim || !AIM.test(line.toString('latin1', 0, AIM_BYTES))) return { bytes: new Uint8Array(line) };
  return { bytes: new Uint8Array(line.subarray(AIM_BYTES)), symbology: line.toString('latin1', 1, AIM_BYTES) };
}

/** A command as the scanner understands it. */
export type Command =
  | { readonly framing: 'frames'; readonly type: number; readonly address: number; readonly data: Uint8Array }
  | { readonly framing: 'text'; readonly command: string };

/** Finds commands in what a host sends, in any chunking; everything else is skipped. */
export class CommandDecoder {
  readonly #framing: ScannerFormat['framing'];
  #pending = Buffer.alloc(0);

  constructor(framing: ScannerFormat['framing']) {
    this.#framing = framing;
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): Command[] {
    let rest = Buffer.concat([this.#pending, bytes]);
    const commands: Command[] = [];
    while (rest.length > 0) {
      const command = readCommand(this.#framing, rest);
      if (command === 'unfinished') break;
      if (command !== 'none') commands.push(command.value);
      rest = rest.subarray(command === 'none' ? 1 : command.bytes);
    }
    this.#pending = Buffer.from(rest);
    return commands;
  }
}

function readCommand(framing: ScannerFormat['framing'], bytes: Buffer): Read<Command> {
  if (framing === 'frames') {
    const frame = readFrame(bytes, COMMAND_HEAD);
    if (typeof frame === 'string') return frame;
    const body = frame.value;
    const data = Uint8Array.from(body.subarray(4));
    return { value: { framing, type: body.readUInt8(0), address: body.readUInt16BE(2), data }, bytes: frame.bytes };
  }
  const text = readText(bytes, COMMAND_HEAD);
  if (typeof text === 'string') return text;
  return { value: { framing, command: text.value.command }, bytes: text.bytes };
}
