import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import type { RatingLevel } from '../../src/domain/rating.ts';
import type { PersonName } from './people.ts';
import type { Sample } from './samples.ts';
import type { OnPage } from './visit.ts';
import {
  chooseItem,
  fillApplication,
  onPage,
  press,
  rate,
  receiptOutcome,
  signAndSubmit,
  walkPastReader,
  walkToReader,
} from './visit.ts';

export interface WholeVisit {
  readonly person: { readonly name: string; readonly idLast4: string };
  /** Questions seen, situations and fields, in order. */
  readonly seen: readonly string[];
  readonly number: string;
  readonly receipt: string;
}

/** Signs in with a card and takes it away again; the list of items shows. */
export async function signIn(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  card: PersonName,
  reached?: OnPage,
): Promise<WholeVisit['person']> {
  await walkToReader(page, reached);
  await hall.act('reader', { card });
  const person = await walkPastReader(page, reached);
  await hall.act('reader', { card: null });
  return person;
}

/** Home to home: card, item, form, scans, signature, receipt, rating, wipe. */
export async function wholeVisit(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  sample: Sample,
  options: { readonly card?: PersonName; readonly level?: RatingLevel | 'skip'; readonly reached?: OnPage } = {},
): Promise<WholeVisit> {
  const { card = 'zhang', level = 'satisfied', reached = () => undefined } = options;
  const person = await signIn({ hall, page }, card, reached);
  await chooseItem(page, sample.code);
  const seen = await fillApplication(page, sample.answers, reached);
  await reached('check');
  const number = await signAndSubmit(page, reached);
  const receipt = await receiptOutcome(page);
  await press(page, 'next');
  await onPage(page, 'rating');
  await reached('rating');
  await rate(page, level);
  await onPage(page, 'end');
  await page.locator('[data-wiped="true"]').waitFor();
  await reached('end');
  await press(page, 'next');
  await onPage(page, 'home');
  return { person, seen, number, receipt };
}

/** What the page says of a number that is typed on the screen: stage and official number. */
export async function lookUpProgress(page: Page, number: string): Promise<{ stage: string; official: string }> {
  await onPage(page, 'home');
  await press(page, 'progress');
  await page.locator('.keys').waitFor();
  await page.keyboard.type(number);
  await press(page, 'next');
  const found = page.locator('[data-stage]');
  await found.waitFor();
  const stage = (await found.getAttribute('data-stage')) ?? '';
  const official = (await page.locator('[data-fact="official-number"] .fact-value').textContent()) ?? '';
  await press(page, 'back');
  await onPage(page, 'home');
  return { stage, official };
}
