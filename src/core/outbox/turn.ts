import { DAY_MS } from '../limits.ts';

/** A hundred years: no deadline of a case is later than any rating. */
export const RATING_LATER_MS = 36_525 * DAY_MS;

/**
 * Where a case and its pages stand among what is due: at the end of the days that were promised for it, in milliseconds
 * since 1970. Only the order matters here, so seven days of the calendar stand for five working days.
 */
export function turnOfCase(handedInAt: Date, promisedWorkingDays: number): number {
  return handedInAt.getTime() + Math.ceil((promisedWorkingDays * 7) / 5) * DAY_MS;
}

/** After everything of cases: no deadline hangs on it. */
export function turnOfRating(ratedAt: Date): number {
  return ratedAt.getTime() + RATING_LATER_MS;
}
