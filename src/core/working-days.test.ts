import { expect, it } from 'vitest';
import { workingDays } from './working-days.ts';

it('counts by the holiday notices, with make-up workdays, and says nothing of a year without one', () => {
  const add = workingDays();
  // National Day 2026: off from 1 to 7 October, worked on Sunday 20 September and Saturday 10 October.
  expect(add('2026-09-30', 3)).toBe('2026-10-10');
  expect(add('2026-12-30', 5)).toBeUndefined();
});
