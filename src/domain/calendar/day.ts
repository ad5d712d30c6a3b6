/** A civil date of the hall, `YYYY-MM-DD`. Days of this shape compare as text. */
export type Day = string;

const dayLength = 86_400_000;

/** Halls keep Beijing time (UTC+8, without summer time since 1992), whatever the zone of this process. */
const beijingOffset = 8 * 3_600_000;

/** Whether a text is a date that exists, in this shape. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const start = new Date(`${text}T00:00:00Z`);
  // Some of what does not exist, such as 30 February, is read as a day after it.
  return !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
}

/**
 * The day `count` days later, or earlier when negative.
 *
 * @throws RangeError when `day` is no date or `count` no whole number
 */
export function addDays(day: Day, count: number): Day {
  if (!Number.isInteger(count)) throw new RangeError('days are counted in whole numbers');
  return new Date(startOf(day) + count * dayLength).toISOString().slice(0, 10);
}

/** How many days `later` is after `earlier`; negative when it is before. */
export function daysBetween(earlier: Day, later: Day): number {
  return (startOf(later) - startOf(earlier)) / dayLength;
}

export function isWeekend(day: Day): boolean {
  const weekday = new Date(startOf(day)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/**
 * The hall's day at an instant.
 *
 * @param instant ISO 8601 with offset or `Z`
 */
export function hallDay(instant: string): Day {
  return hallClock(instant).slice(0, 10);
}

/**
 * The hall's wall clock at an instant: `YYYY-MM-DDTHH:mm:ss`.
 *
 * @param instant ISO 8601 with offset or `Z`
 */
export function hallClock(instant: string): string {
  if (!/(?:Z|[+-]\d{2}:\d{2})$/.test(instant)) throw new RangeError('an instant names its offset');
  return new Date(Date.parse(instant) + beijingOffset).toISOString().slice(0, 19);
}

function startOf(day: Day): number {
  if (!isDay(day)) throw new RangeError(`${day} is no date`);
  return Date.parse(`${day}T00:00:00Z`);
}
