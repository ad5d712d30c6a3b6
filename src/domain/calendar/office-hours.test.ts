import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addOfficeMinutes, countOfficeMinutes, readOfficeHours } from './office-hours.ts';

const { calendar, hours } = office;

test.each([
  ['within the morning', '2026-11-23T09:30', 60, '2026-11-23T10:30'],
  ['over noon', '2026-11-23T11:30', 60, '2026-11-23T13:30'],
  ['to the very end of the morning', '2026-11-23T11:00', 60, '2026-11-23T12:00'],
  ['begun at noon', '2026-11-23T12:10', 30, '2026-11-23T13:30'],
  ['over night', '2026-11-23T16:30', 60, '2026-11-24T09:30'],
  ['begun in the evening', '2026-11-23T20:00', 120, '2026-11-24T11:00'],
  ['begun before opening', '2026-11-23T07:00', 120, '2026-11-23T11:00'],
  ['over a weekend', '2026-11-27T16:00', 120, '2026-11-30T10:00'],
  ['over National Day', '2026-09-30T16:00', 120, '2026-10-08T10:00'],
  ['on a make-up Saturday', '2026-10-09T16:00', 120, '2026-10-10T10:00'],
  ['three whole days', '2026-11-23T09:00', 21 * 60, '2026-11-25T17:00'],
  ['nothing, while open', '2026-11-23T10:05', 0, '2026-11-23T10:05'],
  ['nothing, at noon', '2026-11-23T12:00', 0, '2026-11-23T13:00'],
  ['nothing, on a Sunday', '2026-11-22T10:05', 0, '2026-11-23T09:00'],
])('%s: %s and %i minutes is %s', (_case, from, count, to) => {
  expect(addOfficeMinutes(calendar, hours, from, count)).toBe(to);
  expect(countOfficeMinutes(calendar, hours, from, to)).toBe(count);
});

test('nobody works before opening, at noon, after closing and on Sundays', () => {
  expect(countOfficeMinutes(calendar, hours, '2026-11-23T17:00', '2026-11-24T09:00')).toBe(0);
  expect(countOfficeMinutes(calendar, hours, '2026-11-23T12:00', '2026-11-23T13:00')).toBe(0);
  expect(countOfficeMinutes(calendar, hours, '2026-11-22T09:00', '2026-11-22T17:00')).toBe(0);
});

test('two times one after the other are one of their sum', () => {
  const moment = fc
    .tuple(fc.integer({ min: 1, max: 28 }), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
    .map(([day, hour, minute]) => `2026-02-${pad(day)}T${pad(hour)}:${pad(minute)}`);
  const minutes = fc.integer({ min: 1, max: 2_000 });
  fc.assert(
    fc.property(moment, minutes, minutes, (from, first, second) => {
      const middle = addOfficeMinutes(calendar, hours, from, first);
      const end = addOfficeMinutes(calendar, hours, middle, second);
      expect(end).toBe(addOfficeMinutes(calendar, hours, from, first + second));
      expect(countOfficeMinutes(calendar, hours, from, end)).toBe(first + second);
    }),
  );
});

function pad(part: number): string {
  return String(part).padStart(2, '0');
}

test('hours are read from a file', () => {
  expect(readOfficeHours(hours)).toStrictEqual({ ok: true, value: hours });
});

test.each([
  ['malformed', 'none', []],
  ['malformed', 'no time', [{ from: '09:00', to: '24:00' }]],
  ['not-in-order', 'an empty span', [{ from: '09:00', to: '09:00' }]],
  ['not-in-order', 'overlapping spans', [...hours, { from: '16:00', to: '18:00' }]],
])('%s: %s', (reason, _case, data) => {
  expect(readOfficeHours(data)).toMatchObject({ ok: false, reason });
});
