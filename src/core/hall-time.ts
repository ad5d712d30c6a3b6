/** All of China keeps UTC+8 without summer time (GB/T 7408), whatever zone the machine was set up with. */
const HALL_OFFSET_MS = 8 * 3_600_000;

/** ISO 8601 with the hall's offset, to the second: 2026-11-22T09:30:15+08:00. */
export function hallTime(at: Date): string {
  return `${new Date(at.getTime() + HALL_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** YYYY-MM-DD at the hall. */
export function hallDay(at: Date): string {
  return dayOf(hallTime(at));
}

/** The day of a time as {@link hallTime} writes it. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** The day so many days after (before, when negative) the one at the hall. */
export function hallDayFrom(at: Date, days: number): string {
  return hallDay(new Date(at.getTime() + days * 24 * 3_600_000));
}
