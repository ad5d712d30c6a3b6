import { assert, double, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RETRY_CAP_MS, RETRY_FIRST_MS } from '../limits.ts';
import { retryWait } from './backoff.ts';

const fraction = double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait before the next try', () => {
  it('is never nothing, never above the cap, and never above what its number of tries allows', () => {
    assert(
      property(nat(10_000), fraction, (attempts, part) => {
        const wait = retryWait(attempts, part);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(Math.min(RETRY_CAP_MS, RETRY_FIRST_MS * 2 ** attempts));
      }),
    );
  });

  it('spreads over the whole range, so that kiosks do not come back in step', () => {
    expect(retryWait(3, 0)).toBe(RETRY_FIRST_MS * 8);
    expect(retryWait(3, 0.75)).toBe(RETRY_FIRST_MS * 2);
  });

  it('keeps to the time the platform asked for, within the cap', () => {
    expect(retryWait(0, 0.9, 30_000)).toBe(30_000);
    expect(retryWait(0, 0.9, 10 * RETRY_CAP_MS)).toBe(RETRY_CAP_MS);
  });
});
