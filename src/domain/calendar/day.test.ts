import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, hallClock, hallDay, isWeekend, yearOf } from './day.ts';

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-11-22', 0, '2026-11-22'],
])('%s and %i days is %s', (day, count, result) => expect(addDays(day, count)).toBe(result));

test.each(['2026-02-30', '2026-1-1', '20260101', ''])('%j is no date', (day) => {
  expect(() => addDays(day, 1)).toThrow(RangeError);
});

test('parts of days are refused', () => expect(() => addDays('2026-11-22', 0.5)).toThrow('whole numbers'));

test('Saturdays and Sundays are weekends', () => {
  const week = ['16', '17', '18', '19', '20', '21', '22'].map((day) => isWeekend(`2026-11-${day}`));
  expect(week).toStrictEqual([false, false, false, false, false, true, true]);
});

test.each([
  ['2026-11-22T15:59:59Z', '2026-11-22', '2026-11-22T23:59:59'],
  ['2026-11-22T16:00:00Z', '2026-11-23', '2026-11-23T00:00:00'],
  ['2026-11-23T00:00:00+08:00', '2026-11-23', '2026-11-23T00:00:00'],
  ['2026-12-31T20:00:00-05:00', '2027-01-01', '2027-01-01T09:00:00'],
])('the hall’s day at %s is %s', (instant, day, clock) => {
  expect(hallDay(instant)).toBe(day);
  expect(hallClock(instant)).toBe(clock);
});

test('an instant without an offset is refused: it would mean the zone of this process', () => {
  expect(() => hallDay('2026-11-22T15:59:59')).toThrow(RangeError);
});

test('counting days undoes adding them', () => {
  const day = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('2000-01-01', count));
  fc.assert(
    fc.property(day, fc.integer({ min: -400, max: 400 }), (from, count) => {
      const to = addDays(from, count);
      expect(daysBetween(from, to)).toBe(count);
      expect(to > from).toBe(count > 0);
      expect(yearOf(to)).toBe(new Date(`${to}T00:00:00Z`).getUTCFullYear());
    }),
  );
});
