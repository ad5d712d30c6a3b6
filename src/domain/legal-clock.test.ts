import { describe, expect, it } from 'vitest';
import { legalDeadline } from './legal-clock.ts';

/** Days of the week from Monday to Friday; enough of a calendar for these tests. */
const workdays = (day: string, days: number): string => {
  const at = new Date(`${day}T00:00:00Z`);
  for (let left = days; left > 0;) {
    at.setUTCDate(at.getUTCDate() + 1);
    if (at.getUTCDay() % 6 !== 0) left -= 1;
  }
  return at.toISOString().slice(0, 10);
};
/** Handed in on Friday evening while the network was gone, received on Monday. */
const late = { handedInAt: '2026-11-20T16:50:00+08:00', receivedAt: '2026-11-23T00:10:00.000Z' };

describe('the legal clock of a case that was sent late', () => {
  it('runs from the time that is configured', () => {
    expect(legalDeadline('received', late, 5, workdays)).toEqual({
      from: 'received',
      startDay: '2026-11-23',
      lastDay: '2026-11-30',
    });
    expect(legalDeadline('handed-in', late, 5, workdays)).toEqual({
      from: 'handed-in',
      startDay: '2026-11-20',
      lastDay: '2026-11-27',
    });
  });

  it('counts the day at the hall, whatever offset a time is written with', () => {
    const times = { handedInAt: '2026-11-20T16:50:00Z' };
    expect(legalDeadline('handed-in', times, 0, workdays)?.startDay).toBe('2026-11-21');
  });

  it('does not run before its start is known, nor beyond the calendar', () => {
    const { handedInAt } = late;
    expect(legalDeadline('received', { handedInAt }, 5, workdays)).toBeUndefined();
    expect(legalDeadline('received', late, 5, () => undefined)).toBeUndefined();
  });
});
