import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';
import { addDays, type Day } from './day.ts';
import { isWorkingDay, type WorkingCalendar } from './working-days.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const officeHours = z.array(z.strictObject({ from: timeOfDay, to: timeOfDay })).min(1);

/** When the offices behind the counters work on a working day: spans in order, such as 09:00 to 12:00 and 13:00 to 17:00. */
export type OfficeHours = readonly { readonly from: string; readonly to: string }[];

/** Reads office hours out of a file or an editor. `not-in-order`: a span is empty, or begins before the last one ended. */
export function readOfficeHours(data: unknown): Result<OfficeHours, 'malformed' | 'not-in-order'> {
  const parsed = officeHours.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const edges = parsed.data.flatMap(({ from, to }) => [from, to]);
  const inOrder = edges.join() === [...new Set(edges)].toSorted().join();
  return inOrder ? done(parsed.data) : refused('not-in-order');
}

/**
 * The moment at which `count` minutes of office hours have passed since `from`. Unlike days, hours run at once (民法典
 * art. 201). Ends a span, not begins the next one, when it falls between two; with a count of 0 it is `from`, or when
 * offices open next.
 *
 * @param from the hall's wall clock, `YYYY-MM-DDTHH:mm` and more; the minute begun counts
 * @returns `YYYY-MM-DDTHH:mm`
 */
export function addOfficeMinutes(calendar: WorkingCalendar, hours: OfficeHours, from: string, count: number): string {
  let left = count;
  for (let day = from.slice(0, 10); ; day = addDays(day, 1)) {
    for (const { start, end } of spansOf(calendar, hours, day)) {
      const begin = Math.max(start, day === from.slice(0, 10) ? minuteOf(from.slice(11)) : 0);
      const open = end - begin;
      if (left === 0 ? open > 0 : open >= left) return `${day}T${clock(begin + left)}`;
      left -= Math.max(0, open);
    }
  }
}

/** Minutes of office hours from one moment to a later one, both on the hall's wall clock. */
export function countOfficeMinutes(calendar: WorkingCalendar, hours: OfficeHours, from: string, to: string): number {
  let count = 0;
  for (let day = from.slice(0, 10); day <= to.slice(0, 10); day = addDays(day, 1)) {
    for (const { start, end } of spansOf(calendar, hours, day)) {
      const begin = Math.max(start, day === from.slice(0, 10) ? minuteOf(from.slice(11)) : 0);
      const stop = Math.min(end, day === to.slice(0, 10) ? minuteOf(to.slice(11)) : end);
      count += Math.max(0, stop - begin);
    }
  }
  return count;
}

function spansOf(calendar: WorkingCalendar, hours: OfficeHours, day: Day): { start: number; end: number }[] {
  if (!isWorkingDay(calendar, day)) return [];
  return hours.map(({ from, to }) => ({ start: minuteOf(from), end: minuteOf(to) }));
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function clock(minute: number): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return `${String(hour).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
