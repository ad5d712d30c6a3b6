import type { Clock } from '../../contract/clock.ts';

/** A bell that a loop sleeps under. A ring that nobody heard is kept for the next sleep. */
export class Wake {
  #rung = false;
  #ring: (() => void) | undefined;

  call(): void {
    this.#rung = true;
    this.#ring?.();
  }

  /** Resolves at the first ring, at once when one came before. `onRing` replaces an earlier sleeper. */
  onRing(listener: () => void): void {
    this.#ring = listener;
    if (this.#rung) listener();
  }

  reset(): void {
    this.#rung = false;
    this.#ring = undefined;
  }
}

/** Ends after the time (or never, without one), at a ring, or at the signal; never rejects. */
export async function waitOrWake(
  clock: Clock,
  milliseconds: number | undefined,
  wake: Wake,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end, { once: true });
  wake.onRing(end);
  try {
    await (milliseconds === undefined ? untilAborted(stop.signal) : clock.delay(milliseconds, stop.signal));
  } catch (error) {
    // Being woken is how a wait usually ends; anything else is a bug.
    if (!stop.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    wake.reset();
  }
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
