/** Time as the rooms use it: injected, so that tests decide what time it is and when a wait is over. */
export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  delay(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Longest wait of a timer: 2^31-1 ms; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The computer's own time. Timers exist in every room, so there is one such clock for all. */
export const systemClock: Clock = {
  now: () => new Date(),
  delay: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(asError(signal.reason));
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(asError(signal?.reason));
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(milliseconds, LONGEST_TIMER_MS),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
