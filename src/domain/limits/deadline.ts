import { z } from 'zod';
import { addDays, daysBetween, hallClock, hallDay, type Day } from '../calendar/day.ts';
import { addOfficeMinutes, countOfficeMinutes, type OfficeHours } from '../calendar/office-hours.ts';
import {
  addWorkingDays,
  assumed,
  countWorkingDays,
  type Assumed,
  type CountedDay,
  type WorkingCalendar,
} from '../calendar/working-days.ts';
import { mergePauses, type Pause } from './case-clock.ts';

/** 法定 or 承诺 time limit. `hours` are hours in which the offices work. 0 means on the spot (即办). */
export const timeLimit = z.strictObject({
  amount: z.int().nonnegative(),
  unit: z.enum(['working-days', 'calendar-days', 'hours']),
});
export type TimeLimit = z.infer<typeof timeLimit>;

/** When the offices work: days and hours. */
export interface OfficeTime {
  readonly calendar: WorkingCalendar;
  readonly hours: OfficeHours;
}

/**
 * When a limit ends.
 *
 * - `due`: at the end of `day` or, for a limit in hours, at `time` (`HH:mm`) of it.
 * - `stopped`: a pause goes on, and nobody can say yet; `left` of the limit's unit remain (minutes for hours).
 */
export type Deadline =
  | ({ readonly state: 'due'; readonly day: Day; readonly time?: string } & Assumed)
  | { readonly state: 'stopped'; readonly since: Day; readonly left: number };

/** What a limit is made of, by unit. Moments are days, or the wall clock's minutes for hours; both compare as text. */
interface Ruler {
  readonly amount: number;
  readonly at: (instant: string) => string;
  /** How much of the limit passes from one moment to a later one. */
  readonly between: (from: string, to: string) => number;
  readonly add: (from: string, amount: number) => string;
  /** The moment a limit that ends by `add` is really over. */
  readonly end: (moment: string) => string;
}

/**
 * The deadline of a limit that began at `start`, with the pauses there were.
 *
 * Days: the day it began is not counted, nor is any day of a pause except the one on which the pause began (民法典 art.
 * 201 for both). A limit in calendar days that ends on a day off ends on the next working day (art. 203). A pause that
 * begins after the deadline changes nothing; one that begins on its last day leaves the day it ends on.
 *
 * @param start ISO 8601 with offset
 */
export function deadlineOf(
  office: OfficeTime,
  limit: TimeLimit,
  start: string,
  pauses: readonly Pause[] = [],
): Deadline {
  const ruler = rulers[limit.unit](office, limit.amount);
  let from = ruler.at(start);
  let left = ruler.amount;
  for (const pause of mergePauses(pauses)) {
    const stopped = ruler.at(pause.from);
    const resumed = pause.until === undefined ? undefined : ruler.at(pause.until);
    if (resumed !== undefined && resumed <= from) continue;
    if (ruler.end(ruler.add(from, left)) < stopped) break;
    if (stopped > from) left = Math.max(0, left - ruler.between(from, stopped));
    if (resumed === undefined) return { state: 'stopped', since: stopped.slice(0, 10), left };
    from = resumed;
  }
  const end = ruler.end(ruler.add(from, left));
  const day = end.slice(0, 10);
  const known = assumed(office.calendar, hallDay(start), day);
  return limit.unit === 'hours'
    ? { state: 'due', day, time: end.slice(11), ...known }
    : { state: 'due', day, ...known };
}

/** A limit that is no matter of hours. */
export type DayLimit = TimeLimit & { readonly unit: 'working-days' | 'calendar-days' };

/** The last day of a limit that nothing stops. `start`: ISO 8601 with offset. */
export function lastDayOf(office: OfficeTime, limit: DayLimit, start: string): CountedDay {
  const ruler = rulers[limit.unit](office, limit.amount);
  const day = ruler.end(ruler.add(hallDay(start), limit.amount));
  return { day, ...assumed(office.calendar, hallDay(start), day) };
}

const rulers: Record<TimeLimit['unit'], (office: OfficeTime, amount: number) => Ruler> = {
  'working-days': ({ calendar }, amount) => ({
    amount,
    at: hallDay,
    between: (from, to) => countWorkingDays(calendar, from, to).count,
    add: (from, count) => addWorkingDays(calendar, from, count).day,
    end: (day) => day,
  }),
  'calendar-days': ({ calendar }, amount) => ({
    amount,
    at: hallDay,
    between: daysBetween,
    add: addDays,
    end: (day) => addWorkingDays(calendar, day, 0).day,
  }),
  hours: ({ calendar, hours }, amount) => ({
    amount: amount * 60,
    at: (instant) => hallClock(instant).slice(0, 16),
    between: (from, to) => countOfficeMinutes(calendar, hours, from, to),
    add: (from, count) => addOfficeMinutes(calendar, hours, from, count),
    end: (moment) => moment,
  }),
};

/** A limit made longer by 延长审批: the same unit, more of it. */
export function extendLimit<L extends TimeLimit>(limit: L, by: number): L {
  return { ...limit, amount: limit.amount + by };
}
