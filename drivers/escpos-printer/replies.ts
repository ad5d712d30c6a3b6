import type { AutomaticStatus } from './protocol.ts';

/** What a printer sends, in the order it came. */
export type Reply =
  /** Answer to the oldest open `DLE EOT`; it does not say to which topic. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'automatic'; readonly status: AutomaticStatus }
  /** Answer to `GS r`. */
  | { readonly kind: 'request-answer'; readonly status: number }
  /** A block that ends with NUL, such as the 37h 22h … of a process id. `body` is what stands between, as ASCII. */
  | { readonly kind: 'block'; readonly header: number; readonly body: string }
  | { readonly kind: 'flow'; readonly may: 'send' | 'wait' }
  | { readonly kind: 'noise'; readonly byte: number };

const XON = 0x11;
const XOFF = 0x13;
const blockHeaders = new Set([0x35, 0x37, 0x3b, 0x3d, 0x5f]);
/** Longer than any block a printer is asked for here; a longer one is noise. More is never kept. */
export const BLOCK_LIMIT = 64;

const isStatus = (byte: number): boolean => (byte & 0x93) === 0x12;
const isAutomaticHead = (byte: number): boolean => (byte & 0x93) === 0x10;
const isPlain = (byte: number): boolean => (byte & 0x90) === 0x00;

/**
 * Tells the replies on one stream apart by their fixed bits, byte by byte, so that chunking does not matter:
 * XON and XOFF anywhere; a block head first, since the masks would also fit some blocks; then real-time status (1xx1xx10b with bit 7
 * clear), automatic status (one byte 0xx1xx00b and three 0xx0xxxx), and the answer of `GS r` (0xx0xxxx). Masks as in receiptio.
 * A started reply that goes on wrongly is given up as noise and its last byte is looked at afresh.
 */
export class ReplyParser {
  #started: number[] = [];

  get pendingBytes(): number {
    return this.#started.length;
  }

  push(bytes: Uint8Array): Reply[] {
    const replies: Reply[] = [];
    for (const byte of bytes) this.#take(byte, replies);
    return replies;
  }

  reset(): void {
    this.#started = [];
  }

  #take(byte: number, replies: Reply[]): void {
    if (byte === XON || byte === XOFF) {
      replies.push({ kind: 'flow', may: byte === XON ? 'send' : 'wait' });
      return;
    }
    const head = this.#started[0];
    if (head === undefined) this.#first(byte, replies);
    else if (blockHeaders.has(head)) this.#inBlock(head, byte, replies);
    else this.#inAutomatic(byte, replies);
  }

  #first(byte: number, replies: Reply[]): void {
    if (blockHeaders.has(byte) || isAutomaticHead(byte)) this.#started = [byte];
    else if (isStatus(byte)) replies.push({ kind: 'status', status: byte });
    else if (isPlain(byte)) replies.push({ kind: 'request-answer', status: byte });
    else replies.push({ kind: 'noise', byte });
  }

  #inBlock(header: number, byte: number, replies: Reply[]): void {
    if (byte === 0x00) {
      replies.push({ kind: 'block', header, body: String.fromCharCode(...this.#started.slice(1)) });
      this.#started = [];
    } else if (byte >= 0x20 && byte <= 0x7e && this.#started.length < BLOCK_LIMIT) {
      this.#started.push(byte);
    } else {
      this.#giveUp(byte, replies);
    }
  }

  #inAutomatic(byte: number, replies: Reply[]): void {
    if (!isPlain(byte)) {
      this.#giveUp(byte, replies);
      return;
    }
    this.#started.push(byte);
    const [printer, error, paper, reserved] = this.#started;
    if (printer === undefined || error === undefined || paper === undefined || reserved === undefined) return;
    replies.push({ kind: 'automatic', status: [printer, error, paper, reserved] });
    this.#started = [];
  }

  #giveUp(byte: number, replies: Reply[]): void {
    replies.push(...this.#started.map((lost): Reply => ({ kind: 'noise', byte: lost })));
    this.#started = [];
    this.#first(byte, replies);
  }
}

/** The printer's side: what {@link ReplyParser} reads back. */
export function encodeReply(reply: Exclude<Reply, { kind: 'noise' }>): Uint8Array {
  if (reply.kind === 'flow') return Uint8Array.of(reply.may === 'send' ? XON : XOFF);
  if (reply.kind === 'automatic') return Uint8Array.from(reply.status);
  if (reply.kind === 'block') return Uint8Array.of(reply.header, ...new TextEncoder().encode(reply.body), 0x00);
  return Uint8Array.of(reply.status);
}

/** Head of the replies to `GS ( H` function 48 and to `DLE DC4` function 8. */
export const ANSWER_BLOCK = 0x37;
/** First character of a process id's body, and the whole body of a clear response. */
export const PROCESS_ID_MARK = '"';
export const CLEAR_MARK = '%';
