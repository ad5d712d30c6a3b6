import { LinkClosed } from '../../src/devices/driver.ts';
import type { DriverContext } from '../../src/devices/driver.ts';
import { ReplyParser } from './replies.ts';
import { REPLY_GAP_MS } from './limits.ts';
import type { Reply } from './replies.ts';

export type LineEvent = Reply | { readonly kind: 'closed' };

/** The line to one printer: parsed replies, flow control by XON/XOFF, and writes that tell whether the line is still there. */
export class PrinterLine {
  readonly #context: Pick<DriverContext, 'clock' | 'link'>;
  readonly #parser = new ReplyParser();
  readonly #listeners = new Set<(event: LineEvent) => void>();
  #closed = false;
  #held = false;
  /** When bytes came last, in milliseconds. */
  #heardAt = 0;

  constructor(context: Pick<DriverContext, 'clock' | 'link'>) {
    this.#context = context;
    context.link.onBytes((bytes) => {
      this.#heardAt = context.clock.now().getTime();
      for (const reply of this.#parser.push(bytes)) {
        if (reply.kind === 'flow') this.#held = reply.may === 'wait';
        this.#emit(reply);
      }
    });
    context.link.onClose(() => {
      this.#closed = true;
      this.#emit({ kind: 'closed' });
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The printer said XOFF. */
  get held(): boolean {
    return this.#held;
  }

  /** Hears everything until the returned function is called. */
  listen(listener: (event: LineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Forgets a wait for XON, and half a reply whose rest is lost. While the rest is still on its way the half is kept: without its
   * head a process id would be taken for a status, such as `6` for an open cover.
   */
  reset(): void {
    const quiet = this.#context.clock.now().getTime() - this.#heardAt;
    if (quiet > REPLY_GAP_MS) this.#parser.reset();
    this.#held = false;
  }

  /** True when the operating system has sent the bytes, false when the line is gone. */
  async send(bytes: Uint8Array): Promise<boolean> {
    if (this.#closed) return false;
    try {
      await this.#context.link.write(bytes);
      return true;
    } catch (error) {
      if (error instanceof LinkClosed) return false;
      throw error;
    }
  }

  /** Resolves at once, or when the printer that said XOFF says XON; also when the line closes. */
  async mayWrite(): Promise<true> {
    if (!this.#held || this.#closed) return true;
    const { promise, resolve } = Promise.withResolvers<true>();
    const stop = this.listen((event) => {
      if (event.kind === 'closed' || (event.kind === 'flow' && event.may === 'send')) resolve(true);
    });
    return promise.finally(stop);
  }

  /** The first event that `pick` takes; undefined after so many milliseconds or when the line closes. Rejects when aborted. */
  expect<T>(
    pick: (event: LineEvent) => T | undefined,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const stop = this.listen((event) => {
      const picked = pick(event);
      if (picked !== undefined || event.kind === 'closed') resolve(picked);
    });
    if (this.#closed) resolve(undefined);
    return this.within(promise, milliseconds, signal).finally(stop);
  }

  /** The promise's value, or undefined after so many milliseconds. Rejects when aborted. */
  async within<T>(promise: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T | undefined> {
    const over = new AbortController();
    const limit = this.#context.clock.delay(milliseconds, AbortSignal.any([signal, over.signal]));
    try {
      return await Promise.race([promise, limit.then(() => undefined)]);
    } finally {
      over.abort();
    }
  }

  #emit(event: LineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
