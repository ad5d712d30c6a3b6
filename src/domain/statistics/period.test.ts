import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../calendar/day.ts';
import { isWithin, periodKinds, periodOf, type PeriodKind } from './period.ts';

test.each<[PeriodKind, string, string, string]>([
  ['day', '2026-11-22', '2026-11-22', '2026-11-22'],
  ['week', '2026-11-22', '2026-11-16', '2026-11-22'],
  ['week', '2026-11-23', '2026-11-23', '2026-11-29'],
  ['week', '2027-01-01', '2026-12-28', '2027-01-03'],
  ['month', '2026-11-22', '2026-11-01', '2026-11-30'],
  ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
  ['month', '2026-12-31', '2026-12-01', '2026-12-31'],
  ['quarter', '2026-11-22', '2026-10-01', '2026-12-31'],
  ['quarter', '2026-01-01', '2026-01-01', '2026-03-31'],
  ['quarter', '2026-09-30', '2026-07-01', '2026-09-30'],
])('the %s of %s is %s to %s', (kind, day, from, to) => expect(periodOf(kind, day)).toStrictEqual({ from, to }));

test('every day is in exactly one period of each kind, which all its days share and the next day after it does not', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('2000-01-01', count));
  fc.assert(
    fc.property(fc.constantFrom(...periodKinds), day, fc.integer({ min: 0, max: 91 }), (kind, one, count) => {
      const period = periodOf(kind, one);
      expect(isWithin(one, period)).toBe(true);
      const other = addDays(period.from, count % (daysBetween(period.from, period.to) + 1));
      expect(periodOf(kind, other)).toStrictEqual(period);
      expect(periodOf(kind, addDays(period.to, 1)).from).toBe(addDays(period.to, 1));
    }),
  );
});

test('an open end is in no period', () => expect(isWithin(undefined, periodOf('day', '2026-11-22'))).toBe(false));
