import { describe, expect, it } from 'vitest';
import { nextOffset, scrollEnds } from './scroll.ts';

describe('scrolling by buttons', () => {
  it('needs no buttons when everything fits', () => {
    expect(scrollEnds(0, 800, 801)).toEqual({ overflows: false, atStart: true, atEnd: true });
  });

  it('knows both ends in spite of rounding', () => {
    expect(scrollEnds(0, 800, 2_000)).toEqual({ overflows: true, atStart: true, atEnd: false });
    expect(scrollEnds(1_198.6, 800, 2_000)).toEqual({ overflows: true, atStart: false, atEnd: true });
  });

  it('reaches the end and comes back to the start, never skipping unseen content', () => {
    const view = 800;
    const content = 2_000;
    const stops = [0];
    while (!scrollEnds(stops.at(-1) ?? 0, view, content).atEnd)
      stops.push(nextOffset(stops.at(-1) ?? 0, view, content, 1));
    expect(stops).toEqual([0, 640, 1_200]);
    expect(nextOffset(640, view, content, -1)).toBe(0);
  });
});
