import type { ByteLink, Clock, DriverContext } from './driver.ts';
import { LinkClosed } from './driver.ts';

/** What the conversations of several drivers have in common. Besides the driver contract, drivers may import this file. */

/** Sends. False when the line is gone. */
export async function delivered(link: ByteLink, bytes: Uint8Array): Promise<boolean> {
  try {
    await link.write(bytes);
    return true;
  } catch (error) {
    if (error instanceof LinkClosed) return false;
    throw error;
  }
}

/** False when the caller left meanwhile. */
export async function paused(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return clock.delay(milliseconds, signal).then(
    () => true,
    () => false,
  );
}

const LISTENING_PARTS = 4;
/** Of a computer that is always late. */
const MOST_PARTS = 12;

/**
 * As `paused`, for whoever listens to a line meanwhile. A part of that time which took far longer than it should is not counted:
 * the computer stood still then, as a busy one does for a second, and what came meanwhile has not been read yet.
 */
export async function listened(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  const part = milliseconds / LISTENING_PARTS;
  let counted = 0;
  for (let parts = 0; counted < LISTENING_PARTS && parts < MOST_PARTS; parts += 1) {
    const before = clock.now().getTime();
    if (!(await paused(clock, part, signal))) return false;
    if (clock.now().getTime() - before < 2 * part) counted += 1;
  }
  return true;
}

/** Tells when a line has been silent for so long. */
export class Silence {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #onSilent: () => void;
  #heard = new AbortController();

  constructor(clock: Clock, milliseconds: number, onSilent: () => void) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
    this.#onSilent = onSilent;
  }

  /** Something came: it begins anew. */
  heard(): void {
    this.#heard.abort();
    this.#heard = new AbortController();
    void this.#listen(this.#heard.signal);
  }

  async #listen(signal: AbortSignal): Promise<void> {
    if (await listened(this.#clock, this.#milliseconds, signal)) this.#onSilent();
  }
}

export interface Question<A> {
  readonly bytes: Uint8Array;
  /** Starts listening for the answer; returns what stops it. */
  readonly listen: (take: (answer: A) => void) => () => void;
  /** How long to wait, from before the bytes are sent. */
  readonly milliseconds: number;
}

/** Sends and waits. Nothing when no answer came in time, the line closed or the caller left. */
export async function ask<A>(
  { clock, link }: Pick<DriverContext, 'clock' | 'link'>,
  { bytes, listen, milliseconds }: Question<A>,
  signal: AbortSignal,
): Promise<A | undefined> {
  if (signal.aborted) return undefined;
  const answer = Promise.withResolvers<A | undefined>();
  const none = (): void => answer.resolve(undefined);
  const over = new AbortController();
  const stops = [listen(answer.resolve), link.onClose(none)];
  try {
    void listened(clock, milliseconds, AbortSignal.any([signal, over.signal])).then(none);
    void delivered(link, bytes).then((sent) => {
      if (!sent) none();
    });
    return await answer.promise;
  } finally {
    over.abort();
    for (const stop of stops) stop();
  }
}

/** One after another, for conversations whose answers do not say what they answer. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Does the work when all work before it is over. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Ends what a driver has under way: for now when the device is reset, for good when its line closes. */
export class Underway {
  #current = new AbortController();
  #closed = false;

  constructor(link: ByteLink) {
    link.onClose(() => {
      this.#closed = true;
      this.#current.abort();
    });
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get signal(): AbortSignal {
    return this.#current.signal;
  }

  end(): void {
    this.#current.abort();
    if (!this.#closed) this.#current = new AbortController();
  }
}

/** So many unread things are kept: more is a device that floods, and nobody could still want them. */
const MOST_WAITING = 16;

/** Things from a device, in the order they came, for one who takes them one by one. */
export class Arrivals<T> {
  #waiting: T[] = [];
  #wake = Promise.withResolvers<void>();

  push(item: T): void {
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(item);
    this.#wake.resolve();
  }

  /** The next one, when it comes before the signal is aborted. */
  async next(signal: AbortSignal): Promise<T | undefined> {
    const end = (): void => this.#wake.resolve();
    signal.addEventListener('abort', end);
    try {
      while (!signal.aborted) {
        const item = this.#waiting.shift();
        if (item !== undefined) return item;
        this.#wake = Promise.withResolvers();
        await this.#wake.promise;
      }
      return undefined;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** All of them until the signal is aborted. What nobody took is forgotten. */
  async *until(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    try {
      for (let item = await this.next(signal); item !== undefined; item = await this.next(signal)) yield item;
    } finally {
      this.#waiting = [];
    }
  }
}
