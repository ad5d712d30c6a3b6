import type { Page } from '@playwright/test';
import type { KioskBridge } from '../../src/contract/bridge.ts';
import { RATING_FOLLOWS_MS } from '../../src/renderer/limits.ts';
import { smallShop } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import {
  chooseItem,
  fillApplication,
  hurry,
  onPage,
  press,
  rate,
  receiptOutcome,
  signAndSubmit,
} from '../drive/visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import type { Kiosk } from './fixtures.ts';
import { expect, test } from './fixtures.ts';

/** The shortest way to a case that is handed in and has its receipt. */
async function handIn(kiosk: Kiosk): Promise<void> {
  const { page } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, smallShop.code);
  await fillApplication(page, smallShop.answers);
  await signAndSubmit(page);
  expect(await receiptOutcome(page)).toBe('printed');
}

async function sidesOf(page: Page): Promise<{ level: string; width: number; height: number }[]> {
  return page.locator('[data-level]').evaluateAll((buttons) =>
    buttons.map((button) => {
      const { width, height } = button.getBoundingClientRect();
      return { level: button.getAttribute('data-level') ?? '', width: Math.round(width), height: Math.round(height) };
    }),
  );
}

test('[C-35] the rating comes by itself; skip is as large as any level, none is chosen beforehand, a second one is refused', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await hurry(page);
  await handIn(kiosk);
  await page.clock.runFor(RATING_FOLLOWS_MS);
  await onPage(page, 'rating');

  const sides = await sidesOf(page);
  expect(sides.map(({ level }) => level)).toEqual([
    'very-satisfied',
    'satisfied',
    'fairly-satisfied',
    'dissatisfied',
    'very-dissatisfied',
    'skip',
  ]);
  expect(new Set(sides.map(({ width, height }) => `${width} x ${height}`)).size).toBe(1);
  await expect(page.locator('[data-level]:is([aria-pressed=true], [aria-checked=true], [data-selected])')).toHaveCount(
    0,
  );
  const looks = await page
    .locator('[data-level]')
    .evaluateAll((buttons) => buttons.map((button) => getComputedStyle(button).backgroundColor));
  expect(new Set(looks).size).toBe(1);

  // As if another channel had been a moment faster: the press on the page is then the second rating of the case.
  const answers = await page.evaluate(async () => {
    const bridge: KioskBridge = Reflect.get(window, 'kiosk');
    const first = await bridge.rating.submit({ level: 'dissatisfied', channel: 'page' });
    const second = await bridge.rating.submit({ level: 'very-satisfied', channel: 'page' });
    return [first.ok, second.ok ? 'kept' : second.error.code];
  });
  expect(answers).toEqual([true, 'ALREADY_RATED']);
  await page.locator('[data-level="very-satisfied"]').click();
  await onPage(page, 'end');
  await untilAllSent(page);
  const { ratings } = await kiosk.hall.platform.received();
  expect(ratings.map(({ level, channel }) => [level, channel])).toEqual([['dissatisfied', 'page']]);
});

test('after a bad level the person is asked why, may say nothing, and the reasons arrive with the level', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await hurry(page);
  await handIn(kiosk);
  await press(page, 'next');
  await onPage(page, 'rating');
  await page.locator('[data-level="very-dissatisfied"]').click();
  await onPage(page, 'rating-why');
  await expect(page.locator('.choice')).toHaveCount(8);
  await expect(page.locator('.choice[data-selected]')).toHaveCount(0);
  await expect(page.locator('button[data-name="next"]')).toBeDisabled();
  await page.locator('[data-name="110"]').click();
  await page.locator('[data-name="108"]').click();
  await press(page, 'next');
  await onPage(page, 'end');
  await press(page, 'next');

  await handIn(kiosk);
  await press(page, 'next');
  await rate(page, 'dissatisfied');
  await onPage(page, 'end');
  await untilAllSent(page);
  const { ratings } = await kiosk.hall.platform.received();
  expect(ratings.map(({ level, tags }) => [level, tags])).toEqual([
    ['very-dissatisfied', { version: 1, codes: ['110', '108'] }],
    ['dissatisfied', undefined],
  ]);
});

test('a key of the serial pad rates like a press on the page, and skipping sends nothing', async ({ kiosk }) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await handIn(kiosk);
  const lit = hall.next('pad', 'start');
  await press(page, 'next');
  await onPage(page, 'rating');
  // The pad of this hall has four keys.
  await expect(page.getByText('评价器上没有的选项，屏幕上都有')).toBeVisible();
  await lit;
  const acknowledged = hall.next('pad', 'acknowledged');
  // 非常满意 on this pad.
  await hall.act('pad', { press: 3 });
  await acknowledged;
  await onPage(page, 'end');
  await press(page, 'next');

  await handIn(kiosk);
  await press(page, 'next');
  await page.locator('[data-level="skip"]').click();
  await onPage(page, 'end');
  await untilAllSent(page);
  const { cases, ratings } = await hall.platform.received();
  expect(ratings.map(({ caseId, level, channel }) => [caseId, level, channel])).toEqual([
    [cases[0]?.id, 'very-satisfied', 'pad'],
  ]);
  expect(cases).toHaveLength(2);
});
