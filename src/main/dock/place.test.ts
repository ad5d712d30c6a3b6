import { expect, test } from 'vitest';
import { placeSideBySide } from './place.ts';

const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

test('a kiosk that fits keeps its size, with the dock at its side', () => {
  expect(placeSideBySide(portrait, { x: 0, y: 0, width: 1920, height: 1920 })).toEqual({
    kiosk: { x: 190, y: 0, width: 1080, height: 1920 },
    dock: { x: 1270, y: 0, width: 460, height: 1920 },
  });
});

test.each([
  ['portrait on a desk', portrait, { x: 0, y: 0, width: 1920, height: 1080 }],
  ['landscape on a desk', landscape, { x: 0, y: 0, width: 1920, height: 1080 }],
  ['on a second screen below a bar', portrait, { x: 1920, y: 32, width: 1366, height: 736 }],
])('%s: both are within the screen and beside each other, and the kiosk keeps its shape', (_name, wanted, area) => {
  const { kiosk, dock } = placeSideBySide(wanted, area);
  expect(kiosk.x).toBeGreaterThanOrEqual(area.x);
  expect(dock.x).toBe(kiosk.x + kiosk.width);
  expect(dock.x + dock.width).toBeLessThanOrEqual(area.x + area.width);
  expect(kiosk.y).toBeGreaterThanOrEqual(area.y);
  expect(kiosk.y + kiosk.height).toBeLessThanOrEqual(area.y + area.height);
  expect(kiosk.width / kiosk.height).toBeCloseTo(wanted.width / wanted.height, 1);
});
