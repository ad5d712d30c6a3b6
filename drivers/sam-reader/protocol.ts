import type { Command } from './commands.ts';
import { commandBody, replyBody } from './commands.ts';

/**
 * Frames between the host and the SAM of an identity card reader (GA/T 467-2019, chapter 7):
 *
 *     AA AA AA 96 69 | LEN, 2 bytes big-endian | body | CHK
 *
 * LEN counts the body and CHK. CHK is the XOR of both LEN bytes and the body. What bodies say is in `commands.ts`.
 */

const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
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
  #pending = new Uint8Array();

  /** `maxLength`: a LEN above it is noise. */
  constructor(maxLength = MAX_LENGTH) {
    this.#maxLength = maxLength;
  }

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): (Frame | DamagedFrame)[] {
    const buffer = new Uint8Array(this.#pending.length + bytes.length);
    buffer.set(this.#pending);
    buffer.set(bytes, this.#pending.length);
    this.#pending.fill(0);
    const found: (Frame | DamagedFrame)[] = [];
    let at = 0;
    for (;;) {
      at = findPreamble(buffer, at);
      const [high, low] = buffer.subarray(at + PREAMBLE.length, at + HEAD_BYTES);
      if (high === undefined || low === undefined) break;
      const length = high * 256 + low;
      if (length < 3 || length > this.#maxLength) {
        at += 1;
        continue;
      }
      const end = at + HEAD_BYTES + length;
      if (end > buffer.length) break;
      if (checkByte(buffer, at + PREAMBLE.length, end - 1) === buffer[end - 1]) {
        found.push({ kind: 'frame', body: buffer.slice(at + HEAD_BYTES, end - 1) });
        at = end;
      } else {
        found.push({ kind: 'damaged' });
        at += 1;
      }
    }
    this.#pending = buffer.slice(at);
    buffer.fill(0);
    return found;
  }

  /** Forgets a frame that began and never ended. Overwrites it, since it may be part of a card's text. */
  clear(): void {
    this.#pending.fill(0);
    this.#pending = new Uint8Array();
  }
}

/** Index of the next preamble, or of the first byte from which one may still begin. */
function findPreamble(buffer: Uint8Array, from: number): number {
  for (let at = from; at < buffer.length; at += 1) {
    if (PREAMBLE.every((byte, index) => at + index >= buffer.length || buffer[at + index] === byte)) return at;
  }
  return buffer.length;
}

function checkByte(bytes: Uint8Array, from: number, to: number): number {
  return bytes.subarray(from, to).reduce((check, byte) => check ^ byte, 0);
}
