import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addDays } from '../calendar/day.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { enquiryStanding, extendEnquiry, isReadableIn, type Enquiry } from './enquiry.ts';

const at = (day: string): string => `${day}T10:00:00+08:00`;
/** Submitted on the Monday before National Day; five working days end on Saturday, 10 October, which is worked. */
const complaint: Enquiry = {
  kind: 'complaint',
  submittedAt: at('2026-09-28'),
  limit: { amount: 5, unit: 'working-days' },
};

test.each([
  ['open on the last day', complaint, '2026-10-10', 'open', 0],
  ['overdue on the Sunday after it, by no day yet', complaint, '2026-10-11', 'overdue', 0],
  ['overdue by one working day', complaint, '2026-10-12', 'overdue', 1],
  ['overdue by a week', complaint, '2026-10-19', 'overdue', 6],
  ['answered in time, looked at later', { ...complaint, answeredAt: at('2026-10-10') }, '2026-12-01', 'answered', 0],
  ['answered late', { ...complaint, answeredAt: at('2026-10-13') }, '2026-12-01', 'answered-late', 2],
])('[P-17] %s', (_case, enquiry, today, state, overdueDays) => {
  expect(enquiryStanding(office, enquiry, at(today))).toStrictEqual({ state, due: '2026-10-10', overdueDays });
});

test('[P-17] a limit in calendar days is overdue by calendar days, after the holidays it ran into', () => {
  const enquiry: Enquiry = { ...complaint, limit: { amount: 5, unit: 'calendar-days' } };
  expect(enquiryStanding(office, enquiry, at('2026-10-11'))).toStrictEqual({
    state: 'overdue',
    due: '2026-10-08',
    overdueDays: 3,
  });
});

test('[P-17] an extension moves the deadline, once, in time, and with a reason', () => {
  const extension = { by: 5, reason: '需要向乡镇核实' };
  const extended = extendEnquiry(office, complaint, extension, at('2026-10-10'));
  if (!extended.ok) throw new Error(extended.reason);
  expect(enquiryStanding(office, extended.value, at('2026-10-19'))).toMatchObject({
    state: 'overdue',
    due: '2026-10-16',
    overdueDays: 1,
  });
  const refusal = (enquiry: Enquiry, day: string, reason = extension.reason): unknown =>
    extendEnquiry(office, enquiry, { ...extension, reason }, at(day));
  expect(refusal(extended.value, '2026-10-12')).toMatchObject({ reason: 'extended-before' });
  expect(refusal(complaint, '2026-10-11')).toMatchObject({ reason: 'too-late' });
  expect(refusal(complaint, '2026-10-09', ' ')).toMatchObject({ reason: 'no-reason' });
  const answered = { ...complaint, answeredAt: at('2026-10-09') };
  expect(refusal(answered, '2026-10-09')).toMatchObject({ reason: 'answered-already' });
});

test('overdue days grow by one with every working day, and not otherwise', () => {
  const someDay = fc.nat({ max: 500 }).map((count) => addDays('2025-01-01', count));
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 20 }), fc.nat({ max: 30 }), (start, amount, later) => {
      const enquiry: Enquiry = { ...complaint, submittedAt: at(start), limit: { amount, unit: 'working-days' } };
      const { due } = enquiryStanding(office, enquiry, at(start));
      const day = addWorkingDays(office.calendar, due, later).day;
      expect(enquiryStanding(office, enquiry, at(day)).overdueDays).toBe(later);
    }),
  );
});

test('a complaint about a hall is not for its own staff, everything else is', () => {
  expect(isReadableIn('990101', { kind: 'complaint', concerns: '990101' })).toBe(false);
  expect(isReadableIn('990102', { kind: 'complaint', concerns: '990101' })).toBe(true);
  expect(isReadableIn('990101', { kind: 'complaint' })).toBe(true);
  expect(isReadableIn('990101', { kind: 'consultation', concerns: '990101' })).toBe(true);
});
