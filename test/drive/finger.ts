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
  await target.click({ delay: rests.get(target.page()) ?? 0 });
}
