import { RETRY_CAP_MS, RETRY_FIRST_MS } from '../limits.ts';

/**
 * Wait before the next try: exponential with full jitter, so that a hundred kiosks do not come back in step after an
 * outage. Never before the time the platform asked for.
 *
 * @param attempts tries made before the one that just failed
 * @param fraction 0 up to 1, random
 */
export function retryWait(attempts: number, fraction: number, askedMs = 0): number {
  const ceiling = Math.min(RETRY_CAP_MS, RETRY_FIRST_MS * 2 ** Math.min(attempts, 30));
  return Math.max(Math.min(askedMs, RETRY_CAP_MS), Math.ceil(ceiling * (1 - fraction)));
}
