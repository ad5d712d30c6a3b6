import jsqr from 'jsqr';
import { expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

/** Paints the path's runs on a bitmap, the way a browser would, and lets an independent decoder read it. */
function decode(content: string): string | undefined {
  const { size, path } = qrPath(content);
  const scale = 4;
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py += 1)
      for (let px = Number(x) * scale; px < (Number(x) + Number(width)) * scale; px += 1)
        pixels.set([0, 0, 0, 255], (py * side + px) * 4);
  }
  return jsqr(pixels, side, side)?.data;
}

it('draws a code that another decoder reads back', () => {
  expect(decode('r/7K2M9QX4T8')).toBe('r/7K2M9QX4T8');
  expect(decode('https://example.invalid/receipt/01HZX3J9')).toBe('https://example.invalid/receipt/01HZX3J9');
});
