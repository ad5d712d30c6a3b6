import { GONE_BEFORE_WARNING_MS, IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS } from '../limits.ts';

/** What the time since the last touch means. */
export type IdlePhase =
  | { readonly phase: 'active' }
  | { readonly phase: 'warning'; readonly secondsLeft: number }
  | { readonly phase: 'over' };

/** The presence sensor saw the person go. */
export interface Absence {
  /** Milliseconds since then, or since the machine stopped working for the person. */
  readonly since: number;
  /** Time to say that they are there all the same, in milliseconds. */
  readonly answer: number;
}

/** @param quiet milliseconds since the last touch, or since the machine stopped working for the person */
export function idlePhase(quiet: number, absence?: Absence): IdlePhase {
  const byTouch = phaseAt(quiet, IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS);
  const bySensor: IdlePhase = absence
    ? phaseAt(absence.since, GONE_BEFORE_WARNING_MS, absence.answer)
    : { phase: 'active' };
  return timeLeft(bySensor) < timeLeft(byTouch) ? bySensor : byTouch;
}

function phaseAt(quiet: number, beforeWarning: number, warning: number): IdlePhase {
  if (quiet < beforeWarning) return { phase: 'active' };
  const left = beforeWarning + warning - quiet;
  return left > 0 ? { phase: 'warning', secondsLeft: Math.ceil(left / 1_000) } : { phase: 'over' };
}

function timeLeft(phase: IdlePhase): number {
  if (phase.phase === 'active') return Infinity;
  return phase.phase === 'warning' ? phase.secondsLeft : 0;
}
