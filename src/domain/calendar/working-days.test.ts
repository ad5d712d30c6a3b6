import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holidayTable as read, office, publishedTables as tables } from '../../../test/fixtures/calendar.ts';
import vectors from '../vectors/working-days.json' with { type: 'json' };
import { addDays, type Day } from './day.ts';
import { addWorkingDays, countWorkingDays, isWorkingDay, makeCalendar } from './working-days.ts';

const { calendar } = office;
const [, , table2026] = tables;

test('[C-48] at least 60 deadlines, ten of them on a make-up workday', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(60);
  expect(vectors.filter(({ deadline }) => calendar.exceptions.get(deadline) === 'worked').length).toBeGreaterThan(9);
});

test.each(vectors)('[C-48] $note: $workingDays working days from $from end on $deadline', (vector) => {
  expect(addWorkingDays(calendar, vector.from, vector.workingDays).day).toBe(vector.deadline);
  expect(countWorkingDays(calendar, vector.from, vector.deadline).count).toBe(
    // A limit of no days that begins on a day off moves to the next working day.
    vector.workingDays || (vector.from === vector.deadline ? 0 : 1),
  );
});

describe('importing the next year', () => {
  // Made up: the real notice is not out.
  const table2027 = read({
    year: 2027,
    scope: 'national',
    source: { title: '示例：2027年放假安排', number: '示例〔2026〕1号', date: '2026-11-25' },
    holidays: [
      { name: '元旦', from: '2027-01-01', to: '2027-01-03', workdays: ['2026-12-27'] },
      { name: '春节', from: '2027-02-05', to: '2027-02-12', workdays: ['2027-01-31', '2027-02-20'] },
    ],
  });
  const imported = makeCalendar([...tables, table2027]);

  test('[H-19] changes deadlines, and takes the note that they were assumed away', () => {
    expect(addWorkingDays(calendar, '2027-01-25', 15)).toStrictEqual({ day: '2027-02-15', assumedYears: [2027] });
    expect(addWorkingDays(imported, '2027-01-25', 15)).toStrictEqual({ day: '2027-02-20', assumedYears: [] });
  });

  test('[H-19] changes the last week of this year too, which was marked for that', () => {
    expect(addWorkingDays(calendar, '2026-12-24', 2)).toStrictEqual({ day: '2026-12-28', assumedYears: [2027] });
    expect(addWorkingDays(imported, '2026-12-24', 2)).toStrictEqual({ day: '2026-12-27', assumedYears: [] });
    expect(addWorkingDays(calendar, '2026-12-22', 3)).toStrictEqual({ day: '2026-12-25', assumedYears: [] });
  });

  test('a corrected table replaces the one of its year, whole', () => {
    const corrected = { ...table2027, holidays: table2027.holidays.slice(0, 1) };
    const again = makeCalendar([...tables, table2027, corrected]);
    expect(isWorkingDay(imported, '2027-02-08')).toBe(false);
    expect(isWorkingDay(again, '2027-02-08')).toBe(true);
  });

  test('local days stand above the national ones, and make no year known', () => {
    const yiNewYear = { name: '彝族年', from: '2026-11-20', to: '2026-11-22', workdays: [] };
    const local = read({ ...table2026, scope: 'local', holidays: [yiNewYear] });
    const onlyLocal = makeCalendar([local]);
    expect(isWorkingDay(onlyLocal, '2026-11-20')).toBe(false);
    expect(addWorkingDays(onlyLocal, '2026-11-19', 1)).toStrictEqual({ day: '2026-11-23', assumedYears: [2026] });
    const worked = read({
      ...table2026,
      scope: 'local',
      holidays: [{ ...yiNewYear, workdays: ['2026-10-03'] }],
    });
    for (const order of [
      [...tables, worked],
      [worked, ...tables],
    ]) {
      expect(isWorkingDay(makeCalendar(order), '2026-10-03')).toBe(true);
    }
  });
});

test('every year without a table is named, in order', () => {
  expect(addWorkingDays(makeCalendar([]), '2023-12-20', 1).assumedYears).toStrictEqual([2023]);
  expect(addWorkingDays(calendar, '2022-12-20', 300).assumedYears).toStrictEqual([2022, 2023]);
  expect(countWorkingDays(calendar, '2027-01-04', '2026-12-31').assumedYears).toStrictEqual([2027]);
});

test.each([-1, 0.5, Number.NaN])('%d is no limit', (count) => {
  expect(() => addWorkingDays(calendar, '2026-11-22', count)).toThrow(RangeError);
});

const someDay: fc.Arbitrary<Day> = fc.integer({ min: 0, max: 1_095 }).map((count) => addDays('2024-01-01', count));
const limit = fc.nat({ max: 90 });
const nearDay = fc.nat({ max: 200 }).map((count) => addDays('2025-12-01', count));

test('a limit ends on a working day, and counting back gives the limit', () => {
  fc.assert(
    fc.property(someDay, limit, (from, count) => {
      const { day } = addWorkingDays(calendar, from, count);
      expect(isWorkingDay(calendar, day)).toBe(true);
      if (count > 0) expect(countWorkingDays(calendar, from, day).count).toBe(count);
    }),
  );
});

test('two limits one after the other are one limit of their sum', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 60 }), limit, (from, first, second) => {
      const middle = addWorkingDays(calendar, from, first).day;
      expect(addWorkingDays(calendar, middle, second).day).toBe(addWorkingDays(calendar, from, first + second).day);
    }),
  );
});

test('counting back is counting with the sign turned, and counts add up', () => {
  fc.assert(
    fc.property(nearDay, nearDay, nearDay, (one, two, three) => {
      const between = (from: Day, to: Day): number => countWorkingDays(calendar, from, to).count;
      expect(between(one, two) + between(two, one)).toBe(0);
      expect(between(one, two) + between(two, three)).toBe(between(one, three));
    }),
  );
});
