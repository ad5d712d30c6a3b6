import { expect, test } from 'vitest';
import chineseDays from 'chinese-days';
import table2024 from '../../../resources/calendar/2024.json' with { type: 'json' };
import table2025 from '../../../resources/calendar/2025.json' with { type: 'json' };
import table2026 from '../../../resources/calendar/2026.json' with { type: 'json' };
import { addDays } from './day.ts';
import { readHolidayTable } from './holiday-table.ts';
import { isWorkingDay, makeCalendar } from './working-days.ts';

test.each([
  [2024, table2024],
  [2025, table2025],
  [2026, table2026],
])('the table of %i agrees on every day with an independent list', (year, table) => {
  const read = readHolidayTable(table);
  if (!read.ok) throw new Error(read.reason);
  expect(read.value.year).toBe(year);
  const calendar = makeCalendar([read.value]);
  let days = 0;
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    expect([day, isWorkingDay(calendar, day)]).toStrictEqual([day, chineseDays.isWorkday(day)]);
    days += 1;
  }
  expect(days).toBe(year === 2024 ? 366 : 365);
});

const spring = { name: '春节', from: '2026-02-15', to: '2026-02-23', workdays: ['2026-02-14'] };
const withHolidays = (...holidays: unknown[]): unknown => ({ ...table2026, holidays });

test('the last week of the year before may be named, as for 2019', () => {
  const newYear = { name: '元旦', from: '2025-12-30', to: '2026-01-01', workdays: ['2025-12-28'] };
  expect(readHolidayTable(withHolidays(newYear))).toMatchObject({ ok: true });
});

test.each([
  ['malformed', 'no table', undefined],
  ['malformed', 'a key too many', { ...table2026, comment: '' }],
  ['malformed', 'a day that does not exist', withHolidays({ ...spring, to: '2026-02-30' })],
  ['malformed', 'no holidays', withHolidays()],
  ['backwards', 'ends before it begins', withHolidays({ ...spring, to: '2026-02-14' })],
  ['outside-year', 'the year after', withHolidays({ ...spring, from: '2026-12-31', to: '2027-01-02' })],
  ['outside-year', 'too early in the year before', withHolidays({ ...spring, from: '2025-12-25' })],
  ['outside-year', 'a work day of another year', withHolidays({ ...spring, workdays: ['2027-01-02'] })],
  ['workday-not-on-a-weekend', 'a Wednesday', withHolidays({ ...spring, workdays: ['2026-02-25'] })],
  ['contradictory', 'off and worked', withHolidays({ ...spring, workdays: ['2026-02-21'] })],
  ['contradictory', 'off twice', withHolidays(spring, { ...spring, workdays: [] })],
])('%s: %s', (reason, _case, data) => {
  expect(readHolidayTable(data)).toMatchObject({ ok: false, reason });
});
