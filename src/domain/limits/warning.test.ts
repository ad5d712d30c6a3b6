import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addDays } from '../calendar/day.ts';
import { addWorkingDays, countWorkingDays } from '../calendar/working-days.ts';
import { deadlineOf } from './deadline.ts';
import { warningColour } from './warning.ts';

const at = (day: string, time = '10:00'): string => `${day}T${time}:00+08:00`;
/** Accepted on 9 September 2026; T is 30 September, the day before National Day. */
const deadline = deadlineOf(office, { amount: 15, unit: 'working-days' }, at('2026-09-09'));

test.each([
  ['T-2', at('2026-09-28'), 'none'],
  ['T-1', at('2026-09-29'), 'yellow'],
  ['T', at('2026-09-30'), 'yellow'],
  ['T, one minute before midnight', at('2026-09-30', '23:59'), 'yellow'],
  ['a holiday after T', at('2026-10-01'), 'red'],
  ['T+1', at('2026-10-08'), 'red'],
])('[H-12] a step is at %s (%s) %s', (_case, now, colour) => {
  expect(deadline).toMatchObject({ day: '2026-09-30' });
  expect(warningColour(office, deadline, now)).toBe(colour);
});

test('[H-12] at T-1, T and T+1 working days every step of any length has the right colour', () => {
  const someDay = fc.nat({ max: 600 }).map((count) => addDays('2025-01-01', count));
  fc.assert(
    fc.property(someDay, fc.integer({ min: 3, max: 40 }), (start, amount) => {
      const step = deadlineOf(office, { amount, unit: 'working-days' }, at(start));
      const day = (count: number): string => addWorkingDays(office.calendar, start, amount + count).day;
      const colours = [-2, -1, 0, 1].map((count) => warningColour(office, step, at(day(count))));
      expect(colours).toStrictEqual(['none', 'yellow', 'yellow', 'red']);
      expect(countWorkingDays(office.calendar, day(-1), day(1)).count).toBe(2);
    }),
  );
});

test('yellow may come earlier', () => {
  const yellow = { days: 3, hours: 2 };
  expect(warningColour(office, deadline, at('2026-09-24'), yellow)).toBe('yellow');
  expect(warningColour(office, deadline, at('2026-09-23'), yellow)).toBe('none');
});

test.each([
  ['08:30', 'none'],
  ['09:59', 'none'],
  ['10:00', 'yellow'],
  ['11:00', 'yellow'],
  ['11:01', 'red'],
])('a limit of two hours from 9 o’clock is at %s %s', (time, colour) => {
  const step = deadlineOf(office, { amount: 2, unit: 'hours' }, at('2026-11-23', '09:00'));
  expect(warningColour(office, step, at('2026-11-23', time))).toBe(colour);
});

test('while a special procedure goes on there is no colour to hurry anybody', () => {
  const stopped = deadlineOf(office, { amount: 15, unit: 'working-days' }, at('2026-09-09'), [
    { from: at('2026-09-10') },
  ]);
  expect(warningColour(office, stopped, at('2026-12-31'))).toBe('stopped');
});
