import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { walkAllPages } from '../drive/all-pages.ts';
import { hurry, press } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import { clippedTexts } from './measure.ts';

const folder = join(import.meta.dirname, '../../resources/catalogue');
const ratingTags = join(import.meta.dirname, '../../resources/ratings/tags.json');

/** Every text of the catalogue, longest first: data of the hall, which stays as the hall wrote it. */
const ofTheHall = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => join(folder, name))
  // Reasons of a rating are published in Chinese, word for word.
  .concat(ratingTags)
  .flatMap((path) => textsIn(JSON.parse(readFileSync(path, 'utf8'))))
  // From the configuration, and what of the person's card may be seen.
  .concat('安澜县政务服务中心', '周一至周五 9:00–17:00', '王*')
  .toSorted((one, other) => other.length - one.length);

function textsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}

/** What a person sees or hears of the page in Chinese that is not the hall's own data. */
async function chineseLeft(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    // A heading breaks its lines between words; it is read as one.
    for (const title of document.querySelectorAll('h1')) found.push(title.textContent ?? '');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // The button that leads back to Chinese says so in Chinese.
      if (!node.parentElement?.closest('h1, body [lang="zh-CN"], [data-name="language"]'))
        found.push(node.textContent ?? '');
    }
    for (const element of document.body.querySelectorAll('*:not([data-name="language"])'))
      for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'aria-description'])
        found.push(element.getAttribute(name) ?? '');
    return found;
  });
  return texts
    .map((text) => ofTheHall.reduce((left, known) => left.replaceAll(known, ''), text))
    .filter((text) => /\p{Script=Han}/u.test(text));
}

test('English can be chosen on any page, leaves no Chinese of ours on it, fits, and is gone for the next person', async ({
  kiosk,
}) => {
  test.setTimeout(150_000);
  const { page } = kiosk;
  await hurry(page);
  await press(page, 'language');
  const problems: string[] = [];
  const foundIn: Record<string, string> = {};
  let pages = 0;
  await walkAllPages(kiosk, async (where) => {
    pages += 1;
    // A visit that is over takes its language with it.
    const isDialog = where.startsWith('dialog');
    const language = () => page.evaluate(() => document.documentElement.lang);
    foundIn[where] = await language();
    if (foundIn[where] !== 'en' && !isDialog) await press(page, 'language');
    await page.screenshot({ path: `reports/pictures/english/${String(pages).padStart(2, '0')}-${where}.png` });
    for (const text of await chineseLeft(page)) problems.push(`${where}: ${text}`);
    for (const problem of await clippedTexts(page)) problems.push(`${where}: ${problem}`);
    if (isDialog || pages % 5 !== 0) return;
    await press(page, 'language');
    if ((await language()) !== 'zh-CN') problems.push(`${where}: did not go back to Chinese`);
    await press(page, 'language');
  });
  expect(problems.join('\n')).toBe('');
  // It lasts over the ways back to the home page, and goes with the visit or with whoever refused one.
  expect(foundIn).toMatchObject({ guides: 'en', progress: 'en', consent: 'zh-CN', card: 'en', end: 'en' });
  expect(foundIn['progress-result']).toBe('zh-CN');
});
