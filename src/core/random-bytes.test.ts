import { describe, expect, it } from 'vitest';
import { randomBytesInStock } from './random-bytes.ts';

describe('random bytes in stock', () => {
  it('are as many as asked for, never the same and never blank', () => {
    const bytes = randomBytesInStock();
    const seen = new Set<string>();
    for (let n = 0; n < 2_000; n += 1) {
      const given = bytes(12 + (n % 50));
      expect(given).toHaveLength(12 + (n % 50));
      seen.add(given.toString('hex', 0, 12));
      // Also when a caller writes into what it was given, as ids do.
      given.fill(0);
    }
    expect(seen.size).toBe(2_000);
    expect(seen.has('00'.repeat(12))).toBe(false);
  });

  it('are given in any number', () => {
    const many = randomBytesInStock()(10_000);
    expect(many).toHaveLength(10_000);
    expect(many.subarray(-16).every((byte) => byte === 0)).toBe(false);
  });
});
