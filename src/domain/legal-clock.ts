import { hallDay } from './calendar/day.ts';
import { clockStartsAt, type CaseTimes, type ClockStart } from './limits/case-clock.ts';

/** A case's legal time limit in days, as a kiosk can tell it: it knows nothing of acceptance yet, nor of pauses. */
interface LegalDeadline<From extends ClockStart> {
  readonly from: From;
  /** YYYY-MM-DD at the hall. */
  readonly startDay: string;
  /** YYYY-MM-DD at the hall: the last day of the limit. */
  readonly lastDay: string;
}

/** Counts `days` on from a day (YYYY-MM-DD), which itself does not count; nothing when its calendar does not reach so far. */
export type AddDays = (day: string, days: number) => string | undefined;

/** Nothing while the time that starts the clock is not known, and where the calendar ends. */
export function legalDeadline<From extends ClockStart>(
  from: From,
  times: CaseTimes,
  limitDays: number,
  addDays: AddDays,
): LegalDeadline<From> | undefined {
  const start = clockStartsAt(times, from);
  if (!start.ok) return undefined;
  const startDay = hallDay(start.value);
  const lastDay = addDays(startDay, limitDays);
  return lastDay === undefined ? undefined : { from, startDay, lastDay };
}
