import type { Clock } from '../contract/clock.ts';
import type { Done } from '../domain/result.ts';
import { done } from '../domain/result.ts';

/**
 * What the promise came to, or nothing when that took longer than so many milliseconds. Whatever it does later, also fail,
 * is nobody's business any more.
 */
export async function within<T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<Done<T> | undefined> {
  const over = new AbortController();
  const none = (): undefined => undefined;
  const late = clock.delay(milliseconds, over.signal).then(none, none);
  try {
    return await Promise.race([toDone(work), late]);
  } finally {
    over.abort();
  }
}

/** Its value as a result, which a race can tell from nothing. */
export async function toDone<T>(work: Promise<T>): Promise<Done<T>> {
  return done(await work);
}

/** Resolves when any of the signals is aborted, or when `until` is: no listener outlives that. */
export function aborted(signals: readonly AbortSignal[], until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const watched = [...signals, until];
    const end = (): void => {
      for (const signal of watched) signal.removeEventListener('abort', end);
      resolve();
    };
    for (const signal of watched) signal.addEventListener('abort', end);
    if (watched.some((signal) => signal.aborted)) end();
  });
}
