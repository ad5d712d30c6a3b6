import type { Command } from './commands.ts';
import { commandBody, replyBody } from './commands.ts';

/**
 * Frames between the host and the SAM of an identity card reader (GA/T 467-2019, chapter 7):
 *
 *     AA AA AA 96 69 | LEN, 2 bytes big-endian | body | CHK
 *
 * LEN counts the body and CHK. CHK is the XOR of both LEN bytes and the body. What bodies say is in `commands.ts`.
 */

const PREAMBLE = Buffer.of(0xaa, 0xaa, 0xaa, 0x96, 0x69);
const HEAD_BYTES = PREAMBLE.length + 2;
/** The longest answer known is text + photo + two fingerprints: LEN 0x090A. A longer LEN is noise. */
const MAX_LENGTH = 0x0910;
/** LEN of the longest command in use is 4. A reader that took more for a command would wait long for what never comes. */
export const MAX_COMMAND_LENGTH = 0x10;
/** More is never kept between two calls of {@link FrameDecoder.push}. */
export const MAX_FRAME_BYTES = HEAD_BYTES + MAX_LENGTH;

export interface Frame {
  readonly kind: 'frame';
  /** Everything between LEN and CHK. */
  readonly body: Uint8Array;
}
/** Something that began like a frame and whose check byte is wrong. */
export interface DamagedFrame {
  readonly kind: 'damaged';
}

export function encodeFrame(body: Uint8Array): Uint8Array {
  const length = body.length + 1;
  if (length > MAX_LENGTH) throw new RangeError(`frame body of ${body.length} bytes`);
  const frame = new Uint8Array(HEAD_BYTES + length);
  frame.set(PREAMBLE);
  frame[5] = length >> 8;
  frame[6] = length & 0xff;
  frame.set(body, HEAD_BYTES);
  frame[frame.length - 1] = checkByte(frame, PREAMBLE.length, frame.length - 1);
  return frame;
}

export function encodeCommand(command: Command): Uint8Array {
  return encodeFrame(commandBody(command));
}

export function encodeReply(sw3: number, data?: Uint8Array, sw1?: number, sw2?: number): Uint8Array {
  return encodeFrame(replyBody(sw3, data, sw1, sw2));
}

/**
 * Finds frames in a byte stream, for either direction. What it reports depends on the bytes only, never on how they were
 * cut into pieces. Noise is skipped; after a frame with a wrong check byte the search goes on behind its first byte, so
 * that a good frame inside is still found.
 */
export class FrameDecoder {
  readonly #maxLength: number;
  /** Zeros behind what is held: it may be part of a card's text. */
  readonly #room = Buffer.alloc(2 * MAX_FRAME_BYTES);
  #heldBytes = 0;
  /** With fewer bytes held there is nothing more to find. */
  #wantedBytes = 0;

  /** `maxLength`: a LEN above it is noise. */
  constructor(maxLength = MAX_LENGTH) {
    this.#maxLength = maxLength;
  }

  get pendingBytes(): number {
    return this.#heldBytes;
  }

  push(bytes: Uint8Array): (Frame | DamagedFrame)[] {
    const found: (Frame | DamagedFrame)[] = [];
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + this.#room.length - this.#heldBytes);
      this.#room.set(part, this.#heldBytes);
      this.#heldBytes += part.length;
      at += part.length;
      if (this.#heldBytes >= this.#wantedBytes) this.#search(found);
    }
    return found;
  }

  /** Forgets a frame that began and never ended. Overwrites it, since it may be part of a card's text. */
  clear(): void {
    this.#drop(this.#heldBytes);
    this.#wantedBytes = 0;
  }

  #search(found: (Frame | DamagedFrame)[]): void {
    const held = this.#room.subarray(0, this.#heldBytes);
    let at = findPreamble(held, 0);
    this.#wantedBytes = HEAD_BYTES;
    while (at + HEAD_BYTES <= held.length) {
      const length = held.readUInt16BE(at + PREAMBLE.length);
      const end = at + HEAD_BYTES + length;
      if (length < 3 || length > this.#maxLength) {
        at = findPreamble(held, at + 1);
      } else if (end > held.length) {
        this.#wantedBytes = end - at;
        break;
      } else if (checkByte(held, at + PREAMBLE.length, end) === 0) {
        found.push({ kind: 'frame', body: new Uint8Array(held.subarray(at + HEAD_BYTES, end - 1)) });
        at = findPreamble(held, end);
      } else {
        found.push({ kind: 'damaged' });
        at = findPreamble(held, at + 1);
      }
    }
    this.#drop(at);
  }

  #drop(bytes: number): void {
    this.#room.copyWithin(0, bytes, this.#heldBytes);
    this.#room.fill(0, this.#heldBytes - bytes, this.#heldBytes);
    this.#heldBytes -= bytes;
  }
}

/** Index of the next preamble, or of the first byte from which one may still begin. */
function findPreamble(held: Buffer, from: number): number {
  const whole = held.indexOf(PREAMBLE, from);
  if (whole >= 0) return whole;
  let at = Math.max(from, held.length - PREAMBLE.length + 1);
  while (held.compare(PREAMBLE, 0, held.length - at, at) !== 0) at += 1;
  return at;
}

/** Zero over a frame and its own check byte. */
function checkByte(bytes: Uint8Array, from: number, to: number): number {
  let check = 0;
  for (const byte of bytes.subarray(from, to)) check ^= byte;
  return check;
}
