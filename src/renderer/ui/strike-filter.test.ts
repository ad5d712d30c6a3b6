import { describe, expect, it } from 'vitest';
import { createStrikeFilter } from './strike-filter.ts';

describe('strike filter', () => {
  it('drops a second strike on the same target within the interval and accepts one after it', () => {
    const filter = createStrikeFilter(500);
    expect(filter.accept('next', 1_000)).toBe(true);
    expect(filter.accept('next', 1_300)).toBe(false);
    expect(filter.accept('next', 1_499)).toBe(false);
    expect(filter.accept('next', 1_500)).toBe(true);
  });

  it('lets another target be pressed at once', () => {
    const filter = createStrikeFilter(500);
    expect(filter.accept('a', 0)).toBe(true);
    expect(filter.accept('b', 100)).toBe(true);
  });

  it('tells for how long a newly shown button has to stay calm', () => {
    const filter = createStrikeFilter(500);
    expect(filter.settleTime(0)).toBe(0);
    filter.accept('next', 1_000);
    expect(filter.settleTime(1_010)).toBe(490);
    expect(filter.settleTime(1_600)).toBe(0);
  });
});
