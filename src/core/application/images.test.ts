import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { showsSomething } from './images.ts';

function png(width: number, height: number, background: number, dots: readonly [number, number][] = []): Buffer {
  const image = new PNG({ width, height });
  for (let at = 0; at < width * height; at += 1) image.data.writeUInt32BE(background, at * 4);
  for (const [x, y] of dots) image.data.writeUInt32BE(0x1020_30ff, (y * width + x) * 4);
  return PNG.sync.write(image);
}

describe('a signature', () => {
  it.each([0x0000_0000, 0xffff_ffff, 0x1122_33ff])('is empty when all of it has one colour (%i)', (colour) => {
    expect(showsSomething(png(300, 120, colour))).toBe(false);
  });

  it.each([3, 60, 119])('shows something with a few dots in line %i, on any background', (y) => {
    const dots: [number, number][] = [
      [10, y],
      [11, y],
    ];
    expect(showsSomething(png(300, 120, 0, dots))).toBe(true);
    expect(showsSomething(png(300, 120, 0xffff_ffff, dots))).toBe(true);
  });

  it('is refused when it is no image, is cut short or blows up', () => {
    expect(showsSomething(Buffer.from('hello'))).toBe(false);
    const whole = png(300, 120, 0, [[5, 50]]);
    expect(showsSomething(whole.subarray(0, whole.length - 40))).toBe(false);
    expect(showsSomething(png(2_100, 2_000, 0, [[5, 50]]))).toBe(false);
  });
});
