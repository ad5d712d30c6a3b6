import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { meets, written } from './share.ts';
import { targets, type Target } from './targets.ts';

test.each([
  [{ part: 2, whole: 3 }, '66.67 %'],
  [{ part: 1, whole: 3 }, '33.33 %'],
  [{ part: 1, whole: 800 }, '0.13 %'], // 0.125
  [{ part: -1, whole: 800 }, '-0.13 %'],
  [{ part: -1, whole: 1_000_000 }, '0.00 %'],
  [{ part: 0, whole: 7 }, '0.00 %'],
  [{ part: 7, whole: 7 }, '100.00 %'],
  [{ part: 0, whole: 0 }, '–'],
])('%o is written %s', (share, text) => expect(written(share, 'percent')).toBe(text));

test('a mean is written without a percent sign', () => {
  expect(written({ part: 335, whole: 40 }, 'each')).toBe('8.38');
});

test('what is written is never further off than half of its last digit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (part, whole) => {
        const shown = Number(written({ part, whole }, 'percent').replace(' %', ''));
        expect(Math.abs(shown * whole - part * 100)).toBeLessThanOrEqual(whole * 0.005 + 0.001);
      },
    ),
  );
});

test('a target is met by the numbers themselves, not by what is written', () => {
  expect(written({ part: 899_999, whole: 1_000_000 }, 'percent')).toBe('90.00 %');
  expect(meets({ part: 899_999, whole: 1_000_000 }, targets.activelyRated)).toBe(false);
  expect(meets({ part: 900_000, whole: 1_000_000 }, targets.activelyRated)).toBe(true);
  expect(meets({ part: 399, whole: 40 }, targets.ratingsPerGuide)).toBe(false);
  expect(meets({ part: 400, whole: 40 }, targets.ratingsPerGuide)).toBe(true);
  expect(meets({ part: 0, whole: 0 }, targets.activelyRated)).toBeUndefined();
});

test('a target may have two ends', () => {
  const administrators = [2, 3, 6, 7].map((part) => meets({ part, whole: 3 }, targets.administratorsPerDepartment));
  expect(administrators).toStrictEqual([false, true, true, false]);
});

test('every target is a number with a source, and percents are percents', () => {
  for (const target of Object.values<Target>(targets)) {
    const ends = [target.atLeast, target.atMost].filter((end) => end !== undefined);
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) expect(end > 0 && (target.unit !== 'percent' || end <= 100)).toBe(true);
    expect(target.source).toMatch(/20\d\d/);
  }
});
