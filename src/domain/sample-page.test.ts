import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectPageImage } from './page-image.ts';
import { samplePage } from './sample-page.ts';

describe('a sample page', () => {
  it('is a whole picture of any size', () => {
    assert(
      property(
        integer({ min: 1, max: 400 }),
        integer({ min: 1, max: 400 }),
        integer({ min: 1, max: 9 }),
        (width, height, number) => {
          const page = samplePage(width, height, number);
          const data = page.slice(page.lastIndexOf(0xda) + 8, -2);
          expect(data.includes(0xff)).toBe(false);
          expect(inspectPageImage(page)).toEqual({
            ok: true,
            value: { type: 'image/jpeg', width, height, length: page.length },
          });
        },
      ),
    );
  });

  it('looks another with each number', () => {
    expect(samplePage(400, 400, 1)).not.toEqual(samplePage(400, 400, 2));
  });
});
