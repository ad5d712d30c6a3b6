import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';

/**
 * How long a quick finger rests on the glass, in milliseconds; most fingers, and those of old people in particular, rest
 * longer (Android takes a touch for a tap up to 100 ms, `ViewConfiguration.getTapTimeout`). For measuring: a finger that
 * lifts as it lands makes the kiosk answer two events at once.
 */
export const QUICK_TAP_MS = 60;

/**
 * How soon a finger comes down on what it has just seen, in milliseconds. Nobody's is quicker: a simple reaction to something
 * seen takes 190 ms in the young (R. J. Kosinski, A Literature Review on Reaction Time, 2008), and to find what to press comes on top.
 */
const REACTION_MS = 190;

export interface Rest {
  readonly milliseconds: number;
  /** Resolves when the page has answered the tap that ends now. Until then nothing is asked of the page. */
  readonly answered: () => Promise<void>;
}

const rests = new WeakMap<Page, Rest>();

/** From now on every tap on this page rests on the glass for so long, and is left alone until it has been answered. */
export function restFinger(page: Page, rest: Rest): void {
  rests.set(page, rest);
}

/** A tap in the middle of what can be pressed. */
export async function tap(target: Locator): Promise<void> {
  const rest = rests.get(target.page());
  if (rest === undefined) await target.click();
  else await tapFromOutside(target, rest);
}

/** Without what Playwright does in the page at each event of its own click, and while it looks for what comes next: that would be measured too. */
async function tapFromOutside(target: Locator, { milliseconds, answered }: Rest): Promise<void> {
  await target.click({ trial: true });
  const box = await target.boundingBox();
  if (!box) throw new Error('what was to be tapped is gone');
  const { mouse } = target.page();
  await setTimeout(REACTION_MS);
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await mouse.down();
  await setTimeout(milliseconds);
  const answer = answered();
  await mouse.up();
  await answer;
}
