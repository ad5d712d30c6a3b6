import type { Clock } from '../../../src/contract/clock.ts';

interface Wait {
  readonly until: number;
  readonly end: () => void;
}

/** Time that stands while anything is being done and then goes on to the next moment for which somebody waits. */
export class SimulatedClock implements Clock {
  #now: number;
  readonly #waits = new Set<Wait>();

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#waits.delete(wait);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal?.reason }));
      };
      const end = () => {
        signal?.removeEventListener('abort', stop);
        this.#waits.delete(wait);
        resolve();
      };
      const wait = { until: this.#now + Math.max(0, milliseconds), end };
      this.#waits.add(wait);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** On to the next moment for which somebody waits. */
  step(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { until } of this.#waits) next = Math.min(next, until);
    if (next === Number.POSITIVE_INFINITY) throw new Error('nobody waits for anything');
    this.jump(next - this.#now);
  }

  /** Everything that was to happen until then happens then, once. */
  jump(milliseconds: number): void {
    this.#now += Math.max(0, milliseconds);
    for (const wait of this.#waits) if (wait.until <= this.#now) wait.end();
  }
}
