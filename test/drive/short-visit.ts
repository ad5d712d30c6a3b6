import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { seniorAllowance } from './samples.ts';
import { chooseItem, fillApplication, onPage, press, rate, signAndSubmit } from './visit.ts';
import { signIn } from './whole-visit.ts';

/** Only one item, with a question of each kind and one scan: for tests that are about something else than filling in. */
export const shortCatalogue = join(import.meta.dirname, '../fixtures/catalogue-short');

/** From home to "handed in", for the one item of {@link shortCatalogue}. Returns the provisional number. */
export async function handInShort(kiosk: { readonly hall: Hall; readonly page: Page }): Promise<string> {
  const { page } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  await fillApplication(page, seniorAllowance.answers);
  return signAndSubmit(page);
}

/** From "handed in" over the rating to home. */
export async function finishVisit(page: Page): Promise<void> {
  await press(page, 'next');
  await onPage(page, 'rating');
  await rate(page, 'satisfied');
  await onPage(page, 'end');
  await page.locator('[data-wiped="true"]').waitFor();
  await press(page, 'next');
  await onPage(page, 'home');
}
