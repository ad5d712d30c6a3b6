import { expect, test } from 'vitest';
import { office } from '../../../test/fixtures/calendar.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { lateChanges } from './catalogue-freshness.ts';

const change = { item: '990101000001', publishedOn: '2026-09-28' };

test('[M-12] a change is in time on its seventh working day and late on the eighth', () => {
  const late = (today: string): number => lateChanges(office.calendar, [change], today).length;
  // 29, 30 September, 8 to 10, 12 and 13 October: the holidays do not count, the make-up Saturday does.
  expect(addWorkingDays(office.calendar, change.publishedOn, 7).day).toBe('2026-10-13');
  expect([late('2026-10-13'), late('2026-10-14')]).toStrictEqual([0, 1]);
});

test('one that went live in time is never late, one that went live late stays so', () => {
  const inTime = { ...change, liveOn: '2026-10-13' };
  const tooLate = { ...change, liveOn: '2026-10-14' };
  expect(lateChanges(office.calendar, [inTime, tooLate, change], '2026-12-01')).toStrictEqual([tooLate, change]);
});
