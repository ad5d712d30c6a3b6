import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { walkToProgress } from './codes.ts';
import { walkToScan } from './scanning.ts';
import type { OnPage } from './visit.ts';
import { onPage, press } from './visit.ts';

/**
 * Walks through the pages that a kiosk has only with a scanner, a code reader and a presence sensor, or only when a card was left,
 * and calls `look` at each. For the short catalogue; ends on the home page.
 */
export async function walkDevicePages(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  look: OnPage,
): Promise<void> {
  await showCodes({ hall, page }, look);
  await walkToScan({ hall, page });
  await scan({ hall, page }, look);
  await leave({ hall, page }, look);
}

type Place = Parameters<typeof walkDevicePages>[0];

async function showCodes({ hall, page }: Place, look: OnPage): Promise<void> {
  await walkToProgress({ hall, page });
  await look('code-way');
  await hall.act('codes', { show: 'https://hall.example/', symbology: 'Q1' });
  await page.locator('[data-name="code-foreign-address"]').waitFor();
  await look('code-refused');
  await press(page, 'back');
}

async function scan({ hall, page }: Place, look: OnPage): Promise<void> {
  await page.locator('button[data-name="scan-feeder"]').waitFor();
  await look('scanner');
  await press(page, 'scan-feeder');
  await page.locator('[data-name="scan-feeder-empty"]').waitFor();
  await look('feeder-empty');
  await hall.act('scanner', { feeder: 6 });
  await press(page, 'scan-feeder');
  await page.locator('.scanned-page[data-picture="shown"]').nth(1).waitFor();
  await look('scanning');
  await page.locator('.scan[data-mode="kept"]').waitFor();
  await look('scanned');
  await press(page, 'scan-more');
  await hall.act('scanner', { feeder: 2 });
  await hall.act('scanner', { jam: true });
  await press(page, 'scan-feeder');
  await page.locator('[data-name="scan-jam"]').waitFor();
  await look('jam');
  await press(page, 'other');
  await page.locator('.scan[data-mode="kept"]').waitFor();
}

async function leave({ hall, page }: Place, look: OnPage): Promise<void> {
  await hall.act('lamps', { presence: 'present' });
  await hall.act('lamps', { presence: 'gone' });
  await page.locator('[data-dialog="idle"]').waitFor();
  await look('person-gone');
  await press(page, 'more-time');
  await hall.act('reader', { card: 'zhang' });
  await press(page, 'end-visit');
  await press(page, 'end');
  await page.locator('[data-name="card-left"]').waitFor();
  await look('card-left');
  await hall.act('reader', { card: null });
  await page.locator('[data-name="card-taken"]').waitFor();
  await look('card-taken');
  await press(page, 'next');
  await onPage(page, 'home');
}
