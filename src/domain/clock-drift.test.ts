import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeClock, readClock } from './clock-drift.ts';

const LIMIT = 30_000;
const noon = Date.parse('2026-11-22T04:00:00Z');
const at = (milliseconds: number) => new Date(noon + milliseconds);

describe('the drift of our clock', () => {
  it.each([
    { ours: 600_000, verdict: 'wrong' },
    { ours: -600_000, verdict: 'wrong' },
    { ours: 5_000, verdict: 'right' },
    { ours: -29_000, verdict: 'right' },
    { ours: 30_500, verdict: 'unsure' },
  ])('of $ours ms and an answer in 2 s is $verdict', ({ ours, verdict }) => {
    const reading = readClock(at(ours), at(1_000), at(ours + 2_000));
    expect(reading).toEqual({ driftMs: ours, uncertaintyMs: 1_000 });
    expect(reading && judgeClock(reading, LIMIT)).toBe(verdict);
  });

  it('is never called wrong by a slow line alone, however the time is spread over the two ways', () => {
    fc.assert(
      fc.property(fc.nat(300_000), fc.nat(300_000), fc.integer({ min: -LIMIT, max: LIMIT }), (there, back, drift) => {
        const reading = readClock(at(drift), at(there), at(drift + there + back));
        expect(reading && judgeClock(reading, LIMIT)).not.toBe('wrong');
      }),
    );
  });

  it('is always found when it is larger than the limit and the way', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.nat(5_000),
        fc.integer({ min: 40_001, max: 1e9 }),
        fc.boolean(),
        (there, back, size, behind) => {
          const drift = behind ? -size : size;
          const reading = readClock(at(drift), at(there), at(drift + there + back));
          expect(reading && judgeClock(reading, LIMIT)).toBe('wrong');
        },
      ),
    );
  });

  it('is not told by an answer before the question, or one without a time', () => {
    expect(readClock(at(10), at(0), at(0))).toBeUndefined();
    expect(readClock(at(0), new Date('never'), at(10))).toBeUndefined();
  });
});
