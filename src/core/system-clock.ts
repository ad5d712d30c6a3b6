import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../contract/clock.ts';

/** Longest wait of a timer in Node: 2^31-1 ms; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => new Date(),
  delay: (milliseconds, signal) =>
    delay(Math.min(Math.max(0, milliseconds), LONGEST_TIMER_MS), undefined, signal ? { signal } : {}),
};
