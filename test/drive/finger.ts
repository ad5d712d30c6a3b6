import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';

/**
 * How long a quick finger rests on the glass, in milliseconds; most fingers, and those of old people in particular, rest
 * longer (Android takes a touch for a tap up to 100 ms, `ViewConfiguration.getTapTimeout`). For measuring: a finger that
 * lifts as it lands makes the kiosk answer two events at once.
 */
export const QUICK_TAP_MS = 60;

const rests = new WeakMap<Page, number>();

/** From now on every tap on this page rests on the glass for so long. */
export function restFinger(page: Page, milliseconds: number): void {
  rests.set(page, milliseconds);
}

/** A tap in the middle of what can be pressed. */
export async function tap(target: Locator): Promise<void> {
  const rest = rests.get(target.page());
  if (rest === undefined) await target.click();
  else await tapFromOutside(target, rest);
}

/** Without what Playwright's own click does in the page at each of its events: that would be measured with them. */
async function tapFromOutside(target: Locator, rest: number): Promise<void> {
  await target.click({ trial: true });
  const box = await target.boundingBox();
  if (!box) throw new Error('what was to be tapped is gone');
  const { mouse } = target.page();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await mouse.down();
  await setTimeout(rest);
  await mouse.up();
}
