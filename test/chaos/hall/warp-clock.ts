import type { Clock } from '../../../src/contract/clock.ts';

interface Wait {
  readonly until: number;
  readonly end: () => void;
  timer: NodeJS.Timeout;
}

/** Time that goes on by itself, so many times as fast as outside, and that can be moved on at one stroke. */
export class WarpClock implements Clock {
  readonly #speed: number;
  readonly #began = performance.now();
  #start: number;
  readonly #waits = new Set<Wait>();

  /** @param start milliseconds since 1970 */
  constructor(start: number, speed: number) {
    this.#start = start;
    this.#speed = speed;
  }

  now(): Date {
    return new Date(this.#now());
  }

  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(wait.timer);
        this.#waits.delete(wait);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal?.reason }));
      };
      const end = () => {
        clearTimeout(wait.timer);
        signal?.removeEventListener('abort', stop);
        this.#waits.delete(wait);
        resolve();
      };
      const until = this.#now() + milliseconds;
      const wait: Wait = { until, end, timer: this.#timer(until, end) };
      this.#waits.add(wait);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Everything that was to happen until then happens now. */
  advance(milliseconds: number): void {
    this.#start += milliseconds;
    for (const wait of this.#waits) {
      clearTimeout(wait.timer);
      wait.timer = this.#timer(wait.until, wait.end);
    }
  }

  #now(): number {
    return this.#start + (performance.now() - this.#began) * this.#speed;
  }

  #timer(until: number, end: () => void): NodeJS.Timeout {
    // A day outside is longer than any test, and less than a timer can take.
    return setTimeout(end, Math.min(Math.max(0, (until - this.#now()) / this.#speed), 86_400_000));
  }
}
