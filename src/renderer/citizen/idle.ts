import { IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS } from '../limits.ts';

/** What the time since the last touch means. */
export type IdlePhase =
  | { readonly phase: 'active' }
  | { readonly phase: 'warning'; readonly secondsLeft: number }
  | { readonly phase: 'over' };

/** @param quiet milliseconds since the last touch, or since the machine stopped working for the person */
export function idlePhase(quiet: number): IdlePhase {
  if (quiet < IDLE_BEFORE_WARNING_MS) return { phase: 'active' };
  const left = IDLE_BEFORE_WARNING_MS + IDLE_WARNING_MS - quiet;
  return left > 0 ? { phase: 'warning', secondsLeft: Math.ceil(left / 1_000) } : { phase: 'over' };
}
