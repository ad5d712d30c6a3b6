import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { prepackagedFood } from './samples.ts';
import type { OnPage } from './visit.ts';
import {
  chooseItem,
  fillApplication,
  onPage,
  press,
  receiptOutcome,
  signAndSubmit,
  walkPastReader,
  walkToReader,
} from './visit.ts';

/**
 * Walks through every page and dialog a citizen can meet in one run of the kiosk and calls `look` at each, with a name of
 * its own. Ends on the home page. The item has every kind of question that has a pad of its own.
 */
export async function walkAllPages(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  look: OnPage,
): Promise<void> {
  await atHome(page, look);
  await throughGuides(page, look);
  await onProgress(page, look);
  await refuseConsent(page, look);
  await readCard({ hall, page }, look);
  await apply(page, look);
}

async function inDialog(page: Page, opener: string, look: OnPage, close = 'close'): Promise<void> {
  await press(page, opener);
  const dialog = page.locator('[data-dialog]');
  await dialog.waitFor();
  await look(`dialog-${opener}`);
  await press(page, close);
  await dialog.waitFor({ state: 'detached' });
}

async function atHome(page: Page, look: OnPage): Promise<void> {
  await onPage(page, 'home');
  await look('home');
  await inDialog(page, 'help', look);
  await inDialog(page, 'ticket', look);
  await inDialog(page, 'rating', look);
}

async function throughGuides(page: Page, look: OnPage): Promise<void> {
  await press(page, 'guide');
  await page.locator('[data-item]').first().waitFor();
  await look('guides');
  await chooseItem(page, prepackagedFood.code);
  await page.locator('.guide').waitFor();
  await look('guide');
  await press(page, 'back');
  await onPage(page, 'guides');
  await press(page, 'back');
  await onPage(page, 'home');
}

async function onProgress(page: Page, look: OnPage): Promise<void> {
  await press(page, 'progress');
  await onPage(page, 'progress');
  await page.keyboard.type('9901010000');
  await press(page, 'next');
  await page.locator('[data-name="UNKNOWN_NUMBER"]').waitFor();
  await look('progress');
  await press(page, 'back');
}

async function refuseConsent(page: Page, look: OnPage): Promise<void> {
  await onPage(page, 'home');
  await press(page, 'apply');
  await onPage(page, 'consent');
  await press(page, 'other');
  await onPage(page, 'window');
  await look('window');
  await press(page, 'next');
}

async function readCard({ hall, page }: { readonly hall: Hall; readonly page: Page }, look: OnPage): Promise<void> {
  await walkToReader(page, (name) => (name === 'home' ? undefined : look(name)));
  await hall.act('reader', { card: 'wang-expired', fault: 'removed-while-reading' });
  await page.locator('[data-card="failed"]').waitFor();
  await look('card-failed');
  await hall.act('reader', { fault: 'none' });
  await press(page, 'next');
  await page.locator('[data-card="waiting"]').waitFor();
  await hall.act('reader', { card: 'wang-expired' });
  await walkPastReader(page, look);
  await hall.act('reader', { card: null });
  await inDialog(page, 'end-visit', look, 'stay');
}

async function apply(page: Page, look: OnPage): Promise<void> {
  await chooseItem(page, prepackagedFood.code);
  await fillApplication(page, prepackagedFood.answers, lookOnce(page, look));
  await page.locator('.check').waitFor();
  await look('check');
  await press(page, 'change-phone');
  await onPage(page, 'question');
  await press(page, 'clear');
  await press(page, 'next');
  await page.locator('[data-name^="wrong-"]').waitFor();
  await press(page, 'why');
  await look('question-wrong');
  await press(page, 'back');
  const number = await signAndSubmit(page, (name) => (name === 'sign' ? look(name) : undefined));
  await receiptOutcome(page);
  await look('handed-in');
  await press(page, 'next');
  await onPage(page, 'rating');
  await look('rating');
  await page.locator('[data-level="very-dissatisfied"]').click();
  await onPage(page, 'rating-why');
  await look('rating-why');
  await press(page, 'other');
  await page.locator('[data-wiped="true"]').waitFor();
  await look('end');
  await press(page, 'next');
  await onPage(page, 'home');
  await press(page, 'progress');
  await onPage(page, 'progress');
  await page.keyboard.type(number);
  await press(page, 'next');
  await page.locator('[data-stage]').waitFor();
  await look('progress-result');
  await press(page, 'back');
  await onPage(page, 'home');
}

/** Questions of the same kind have the same page: one of each is looked at. */
function lookOnce(page: Page, look: OnPage): OnPage {
  const seen = new Set<string>();
  return async (name) => {
    const question = page.locator('[data-field]');
    const isQuestion = name === 'question';
    const type = isQuestion ? await question.getAttribute('data-type') : undefined;
    const known = isQuestion && (await question.getAttribute('data-known')) !== null;
    const kind = [name, ...(type === undefined ? [] : [type]), ...(known ? ['known'] : [])].join('-');
    if (name === 'check' || seen.has(kind)) return;
    seen.add(kind);
    if (name === 'materials') await page.locator('.disclosure-button').first().click();
    await look(kind);
  };
}
