import { expect, test } from 'vitest';
import table from '../../../resources/calendar/2026.json' with { type: 'json' };
import { readHolidayTable } from '../calendar/holiday-table.ts';
import { addWorkingDays, makeCalendar } from '../calendar/working-days.ts';
import { findStaleChanges } from './freshness.ts';
import type { ChangeNotice } from './lists.ts';

const read = readHolidayTable(table);
if (!read.ok) throw new Error(read.reason);
const calendar = makeCalendar([read.value]);

/** Published on the last day of work before the holiday of National Day. */
const notice: ChangeNotice = {
  batch: '2026-18',
  operation: 'U',
  code: '11990101MB000001934990500001000',
  name: '高龄津贴',
  version: 3,
  decree: '安政办发〔2026〕18号',
  publishedOn: '2026-09-30',
};
const after = (days: number) => addWorkingDays(calendar, notice.publishedOn, days).day;
const stale = (live: [string, number][], today: string, notices = [notice]) =>
  findStaleChanges(notices, new Map(live), today, calendar);

test('[M-12] on the seventh working day a change may still be on its way; on the eighth it is an alarm', () => {
  const old: [string, number][] = [[notice.code, 2]];
  expect(after(7) > '2026-10-09').toBe(true);
  expect(stale(old, after(7))).toStrictEqual([{ notice, age: 7, live: 2, overdue: false }]);
  expect(stale(old, after(8))).toStrictEqual([{ notice, age: 8, live: 2, overdue: true }]);
});

test('a change that is live is no news, a later version counts too', () => {
  expect(stale([[notice.code, 3]], after(20))).toStrictEqual([]);
  expect(stale([[notice.code, 4]], after(20))).toStrictEqual([]);
});

test('a new item that is not offered, and a withdrawn one that still is', () => {
  expect(stale([], after(8), [{ ...notice, operation: 'I' }])).toMatchObject([{ age: 8, overdue: true }]);
  expect(stale([[notice.code, 3]], after(8), [{ ...notice, operation: 'D' }])).toMatchObject([
    { overdue: true, live: 3 },
  ]);
  expect(stale([], after(8), [{ ...notice, operation: 'D' }])).toStrictEqual([]);
});

test('only the last notice about an item counts', () => {
  const gone: ChangeNotice = { ...notice, operation: 'D', publishedOn: '2026-10-12' };
  const same: ChangeNotice = { ...notice, code: `${notice.code.slice(0, -1)}1` };
  expect(stale([], '2026-11-20', [gone, notice, same])).toMatchObject([{ notice: same }]);
});
