import { setImmediate, setTimeout } from 'node:timers/promises';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Bytes are handed over in portions of this time, as a UART does with its FIFO. */
const PORTION_MS = 4;
/** The first ones after a rest come as soon as they are there: what is asked in real time is answered while more is on the line. */
const FIRST_BYTES = 4;
/**
 * Timers count whole milliseconds and fire up to this much later; only what is left then is spent in turns of the event loop,
 * since the processor that they take is missing at the other end of the line.
 */
const TIMER_SLACK_MS = 0.3;

/** A clock fine enough for single bytes: 87 microseconds each at 115200 baud. */
export interface LineTime {
  /** Milliseconds with fractions, from any fixed moment. */
  now(): number;
  /** Resolves at that moment or just after it. */
  until(milliseconds: number): Promise<void>;
}

export const systemLineTime: LineTime = {
  now: () => performance.now(),
  async until(milliseconds) {
    const wholeLeft = (): number => Math.floor(milliseconds - performance.now() - TIMER_SLACK_MS);
    for (let whole = wholeLeft(); whole >= 1; whole = wholeLeft()) await setTimeout(whole);
    while (performance.now() < milliseconds) await setImmediate();
  },
};

/** One direction of a line: what is pushed in comes out at the line's speed, ten bits a byte, and never sooner. */
export class Pacer {
  readonly #time: LineTime;
  readonly #byteMs: number;
  readonly #deliver: (bytes: Uint8Array) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(baudRate: number, time: LineTime, deliver: (bytes: Uint8Array) => void) {
    this.#time = time;
    this.#byteMs = (BITS_PER_BYTE * 1_000) / baudRate;
    this.#deliver = deliver;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  push(bytes: Uint8Array): void {
    if (this.#stopped || bytes.length === 0) return;
    this.#waiting.push(Uint8Array.from(bytes));
    this.#waitingBytes += bytes.length;
    this.#running ??= this.#run();
  }

  /** Resolves when everything pushed so far has come out. */
  async drain(): Promise<void> {
    await this.#running;
  }

  /** What has not come out yet is lost. */
  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async #run(): Promise<void> {
    const start = this.#time.now();
    let sent = 0;
    const portion = Math.max(1, Math.floor(PORTION_MS / this.#byteMs));
    while (this.#waitingBytes > 0) {
      const goal = sent + Math.min(sent === 0 ? Math.min(FIRST_BYTES, portion) : portion, this.#waitingBytes);
      await this.#time.until(start + goal * this.#byteMs);
      const due = Math.floor((this.#time.now() - start) / this.#byteMs) - sent;
      const bytes = this.#take(Math.max(goal - sent, due));
      sent += bytes.length;
      if (bytes.length > 0) this.#deliver(bytes);
    }
    this.#running = undefined;
  }

  #take(atMost: number): Uint8Array {
    const bytes = new Uint8Array(Math.min(atMost, this.#waitingBytes));
    let filled = 0;
    while (filled < bytes.length) {
      const first = this.#waiting[0];
      if (!first) break;
      const part = first.subarray(0, bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part.length === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(part.length);
    }
    this.#waitingBytes -= filled;
    return bytes;
  }
}
