import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';
import { addDays, isWeekend, type Day } from './day.ts';

const line = z.string().trim().min(1);

const holidayTable = z.strictObject({
  year: z.int().min(2000).max(2999),
  /** `local`: an autonomous area's or a city's own days. They stand above the national ones. */
  scope: z.enum(['national', 'local']),
  /** The notice that says so. */
  source: z.strictObject({ title: line, number: line, date: z.iso.date() }),
  holidays: z
    .array(
      z.strictObject({
        name: line,
        /** First and last day off. */
        from: z.iso.date(),
        to: z.iso.date(),
        /** 调休上班: Saturdays and Sundays worked in exchange. */
        workdays: z.array(z.iso.date()),
      }),
    )
    .min(1),
});

/** One year's notice on holidays, as `resources/calendar` keeps it. */
export type HolidayTable = z.infer<typeof holidayTable>;

/**
 * - `malformed`: not a table at all.
 * - `outside-year`: names a day of another year (the last week of the year before is allowed, see {@link firstMovable}).
 * - `backwards`: a holiday ends before it begins.
 * - `workday-not-on-a-weekend`: only a Saturday or Sunday can be worked in exchange.
 * - `contradictory`: a day is named twice, off or worked.
 */
export type TableProblem = 'malformed' | 'outside-year' | 'backwards' | 'workday-not-on-a-weekend' | 'contradictory';

/**
 * The first day that the notice for `year` may name: those for 2008, 2012 and 2019 moved days from 29 December of the
 * year before on. Three days of reserve are added.
 */
export function firstMovable(year: number): Day {
  return `${year - 1}-12-26`;
}

/** Reads one year's table, as it comes out of a file or an editor, and checks that it agrees with itself. */
export function readHolidayTable(data: unknown): Result<HolidayTable, TableProblem> {
  const parsed = holidayTable.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const { year, holidays } = parsed.data;
  const seen = new Set<Day>();
  for (const { name, from, to, workdays } of holidays) {
    if (to < from) return refused('backwards', name);
    if ([from, to, ...workdays].some((day) => day < firstMovable(year) || day > `${year}-12-31`)) {
      return refused('outside-year', name);
    }
    if (!workdays.every(isWeekend)) return refused('workday-not-on-a-weekend', name);
    for (const day of [...daysOff(from, to), ...workdays]) {
      if (seen.has(day)) return refused('contradictory', day);
      seen.add(day);
    }
  }
  return done(parsed.data);
}

/** Every day from `from` to `to`. */
export function daysOff(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
