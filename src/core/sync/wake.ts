import type { Clock } from '../../contract/clock.ts';

/** One object for all rings: a fresh one with its stack is costly, and there is one for each record. */
const RUNG = new Error('woken');

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
export function waitOrWake(
  clock: Clock,
  milliseconds: number | undefined,
  wake: Wake,
  signal: AbortSignal,
): Promise<void> {
  return sleep(wake, signal, (stop) =>
    milliseconds === undefined ? untilAborted(stop) : clock.delay(milliseconds, stop),
  );
}

/** Ends at a ring or at the signal; never rejects. */
export function untilRung(wake: Wake, signal: AbortSignal): Promise<void> {
  return sleep(wake, signal, untilAborted);
}

// Not AbortSignal.any: on a signal that lives for days, each one would stay in memory (Node 20).
async function sleep(wake: Wake, signal: AbortSignal, wait: (stop: AbortSignal) => Promise<void>): Promise<void> {
  if (signal.aborted) return;
  const stop = new AbortController();
  const end = () => stop.abort(RUNG);
  signal.addEventListener('abort', end, { once: true });
  wake.onRing(end);
  try {
    await wait(stop.signal);
  } catch (error) {
    // Being woken is how a wait usually ends; anything else is a bug.
    if (!stop.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    wake.reset();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
