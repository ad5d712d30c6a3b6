import { addDays, isWeekend, yearOf, type Day } from './day.ts';
import { daysOff, firstMovable, type HolidayTable } from './holiday-table.ts';

/** Which days are worked. Made by {@link makeCalendar}. */
export interface WorkingCalendar {
  /** Years whose national notice is known. */
  readonly years: ReadonlySet<number>;
  /** Days that differ from the plain week. */
  readonly exceptions: ReadonlyMap<Day, 'off' | 'worked'>;
}

/** What rests on a year without a table says so, since it changes when that year's notice comes in. */
export interface Assumed {
  /** Years that were counted by plain weeks, in order; empty when everything is known. */
  readonly assumedYears: readonly number[];
}

export interface CountedDay extends Assumed {
  readonly day: Day;
}

export interface DayCount extends Assumed {
  readonly count: number;
}

/**
 * The calendar out of any number of tables. Of two for the same year and scope the later in the list counts, so that
 * importing is `makeCalendar([...tables, imported])`. Local days stand above national ones, and a notice above that of
 * the year before.
 */
export function makeCalendar(tables: readonly HolidayTable[]): WorkingCalendar {
  const latest = new Map(tables.map((table) => [`${table.scope === 'national' ? 0 : 1} ${table.year}`, table]));
  const ordered = [...latest].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, table]) => table);
  const exceptions = new Map<Day, 'off' | 'worked'>();
  for (const { holidays } of ordered) {
    for (const { from, to, workdays } of holidays) {
      for (const day of daysOff(from, to)) exceptions.set(day, 'off');
      for (const day of workdays) exceptions.set(day, 'worked');
    }
  }
  const years = new Set(ordered.filter(({ scope }) => scope === 'national').map(({ year }) => year));
  return { years, exceptions };
}

/** Whether a day is worked: Monday to Friday and 调休上班, without holidays. Years without a table go by plain weeks. */
export function isWorkingDay(calendar: WorkingCalendar, day: Day): boolean {
  const exception = calendar.exceptions.get(day);
  return exception === undefined ? !isWeekend(day) : exception === 'worked';
}

/**
 * The day on which a limit of `count` working days ends that starts to run on `from`. The first day is not counted
 * (民法典 art. 201), holidays and weekends are not (行政许可法 art. 82), so the result is a working day. With a count
 * of 0 it is `from` itself, or the next working day after it.
 *
 * @throws RangeError when `count` is negative or no whole number
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Day, count: number): CountedDay {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('a limit is a whole number of days');
  let day = from;
  let left = count;
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return { day, ...assumed(calendar, from, day) };
}

/** Working days after `from`, up to and with `to`; negative when `to` is before `from`. */
export function countWorkingDays(calendar: WorkingCalendar, from: Day, to: Day): DayCount {
  if (to < from) {
    const { count, assumedYears } = countWorkingDays(calendar, to, from);
    return { count: 0 - count, assumedYears };
  }
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return { count, ...assumed(calendar, from, to) };
}

/** The years among those that decide over the days from `from` to `to` whose notice is not known. */
export function assumed(calendar: WorkingCalendar, from: Day, to: Day): Assumed {
  const last = to >= firstMovable(yearOf(to) + 1) ? yearOf(to) + 1 : yearOf(to);
  const assumedYears: number[] = [];
  for (let year = yearOf(from); year <= last; year += 1) if (!calendar.years.has(year)) assumedYears.push(year);
  return { assumedYears };
}
