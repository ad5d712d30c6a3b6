import type { ByteLink, Clock } from '../../src/devices/driver.ts';
import { LinkClosed } from '../../src/devices/driver.ts';
import { listened } from '../../src/devices/driver-tools.ts';
import type { Command, Reply } from './commands.ts';
import { isAnswerTo, readReply } from './commands.ts';
import { ITEM_ANSWER_MS, READ_IDLE_MS, READ_START_MS, SHORT_ANSWER_MS } from './limits.ts';
import { encodeCommand, FrameDecoder, MAX_FRAME_BYTES } from './protocol.ts';

export type Answer =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** A frame came with a wrong check byte. */
  | { readonly kind: 'damaged' }
  /** Nothing usable in time; `heard` tells whether there were bytes at all. */
  | { readonly kind: 'silent'; readonly heard: boolean }
  | { readonly kind: 'closed' }
  | { readonly kind: 'aborted' };

const BITS_PER_BYTE = 10;

/** One question and one answer at a time over the reader's line. */
export class SamLine {
  readonly #link: ByteLink;
  readonly #clock: Clock;
  readonly #decoder = new FrameDecoder();
  #baudRate: number;
  #onBytes: ((bytes: Uint8Array) => void) | undefined;
  #onClosed: (() => void) | undefined;
  #isClosed = false;

  constructor(link: ByteLink, clock: Clock, baudRate: number) {
    this.#link = link;
    this.#clock = clock;
    this.#baudRate = baudRate;
    // Bytes that nobody asked for are dropped here: a late answer must not be taken for the next one.
    link.onBytes((bytes) => this.#onBytes?.(bytes));
    link.onClose(() => {
      this.#isClosed = true;
      this.#onClosed?.();
    });
  }

  get baudRate(): number {
    return this.#baudRate;
  }

  async setBaudRate(baudRate: number): Promise<void> {
    if (baudRate === this.#baudRate) return;
    await this.#link.setBaudRate(baudRate);
    this.#baudRate = baudRate;
  }

  /** Overwrites what is left of an answer. */
  clear(): void {
    this.#decoder.clear();
  }

  async ask(command: Command, signal: AbortSignal): Promise<Answer> {
    if (this.#isClosed) return { kind: 'closed' };
    if (signal.aborted) return { kind: 'aborted' };
    this.#decoder.clear();
    const timers = new AbortController();
    try {
      return await new Promise<Answer>((resolve, reject) => {
        let heard = false;
        const silent = (): void => resolve({ kind: 'silent', heard });
        const after = (milliseconds: number, cancel: AbortSignal): void => {
          void listened(this.#clock, milliseconds, cancel).then((isOver) => {
            if (isOver) silent();
          });
        };
        const { start, idle, total } = this.#limits(command);
        let quiet = new AbortController();
        this.#onBytes = (bytes) => {
          heard = true;
          const answer = this.#decode(command, bytes);
          bytes.fill(0);
          if (answer) return resolve(answer);
          quiet.abort();
          quiet = new AbortController();
          after(idle, AbortSignal.any([quiet.signal, timers.signal]));
        };
        this.#onClosed = () => resolve({ kind: 'closed' });
        // The question first: what times it is set up while it is on the line.
        this.#link.write(encodeCommand(command)).catch((error: unknown) => {
          if (error instanceof LinkClosed) resolve({ kind: 'closed' });
          else reject(error instanceof Error ? error : new Error('write failed', { cause: error }));
        });
        after(start, AbortSignal.any([quiet.signal, timers.signal]));
        after(total, timers.signal);
        signal.addEventListener('abort', () => resolve({ kind: 'aborted' }), { signal: timers.signal });
      });
    } finally {
      timers.abort();
      this.#onBytes = undefined;
      this.#onClosed = undefined;
    }
  }

  /** A good frame wins over a damaged one in the same bytes: the latter was noise in front of it. */
  #decode(command: Command, bytes: Uint8Array): Answer | undefined {
    let damaged = false;
    for (const found of this.#decoder.push(bytes)) {
      if (found.kind === 'damaged') {
        damaged = true;
        continue;
      }
      const reply = readReply(found.body);
      if (reply && isAnswerTo(command, reply)) return { kind: 'reply', reply };
    }
    return damaged ? { kind: 'damaged' } : undefined;
  }

  #limits(command: Command): { readonly start: number; readonly idle: number; readonly total: number } {
    const frameTime = (MAX_FRAME_BYTES * BITS_PER_BYTE * 1_000) / this.#baudRate;
    switch (command) {
      case 'readText':
      case 'readFingerprints':
        return { start: READ_START_MS, idle: READ_IDLE_MS, total: READ_START_MS + READ_IDLE_MS + frameTime };
      case 'readNewestAddress':
      case 'readManagementNumber':
        return { start: ITEM_ANSWER_MS, idle: ITEM_ANSWER_MS, total: ITEM_ANSWER_MS };
      default:
        return { start: SHORT_ANSWER_MS, idle: SHORT_ANSWER_MS, total: SHORT_ANSWER_MS };
    }
  }
}
