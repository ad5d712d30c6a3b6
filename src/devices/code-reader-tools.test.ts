import { describe, expect, it } from 'vitest';
import { Repeats } from './code-reader-tools.ts';

describe('repeats', () => {
  it('are the same bytes before so long has passed since the last time', () => {
    let now = 0;
    const clock = { now: () => new Date(now), delay: () => Promise.resolve() };
    const repeats = new Repeats(clock, 5_000);
    const has = (at: number, byte: number): boolean => {
      now = at;
      return repeats.has({ bytes: Uint8Array.of(byte) });
    };
    expect([has(0, 1), has(4_999, 1), has(9_998, 1), has(14_998, 1), has(15_000, 2), has(15_001, 1)]).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
