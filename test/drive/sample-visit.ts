import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import type { OnPage } from './visit.ts';
import { chooseItem, fillApplication, onPage, press, signAndSubmit, walkPastReader, walkToReader } from './visit.ts';

/** Only the item with one question of each kind and one scan, for tests that are about something else than filling in. */
export const shortCatalogue = join(import.meta.dirname, '../fixtures/catalogue-short');

export const seniorAllowance = '11990101MB000001934990500001000';
/** No digit twice in a row: the keys drop a second strike that comes too soon. */
export const sampleAnswers = {
  applicant: 'self',
  'age-band': '80-to-89',
  household: 'long-settled',
  payment: 'social-card',
  phone: '13901010101',
  monthlyIncome: '1805',
  livesAlone: 'yes',
};

/** From home to the list of items, with a card on the reader on the way. */
export async function identify(hall: Hall, page: Page, reached?: OnPage): Promise<{ name: string; idLast4: string }> {
  await walkToReader(page, reached);
  await hall.act('reader', { card: 'zhang' });
  const person = await walkPastReader(page, reached);
  await hall.act('reader', { card: null });
  return person;
}

/** From home to "handed in", for the sample item. Returns the provisional number. */
export async function handInSample(hall: Hall, page: Page, reached?: OnPage): Promise<string> {
  await identify(hall, page, reached);
  await chooseItem(page, seniorAllowance);
  await fillApplication(page, sampleAnswers, reached);
  return signAndSubmit(page, reached);
}

/** From "handed in" over the rating to home. */
export async function finishVisit(page: Page): Promise<void> {
  await press(page, 'next');
  await onPage(page, 'rating');
  await page.locator('[data-level="satisfied"]').click();
  await onPage(page, 'end');
  await page.locator('[data-wiped="true"]').waitFor();
  await press(page, 'next');
  await onPage(page, 'home');
}
