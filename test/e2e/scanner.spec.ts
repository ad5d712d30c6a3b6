import { standardDevices } from '../../scripts/hall/hall-devices.ts';
import type { Locator } from '@playwright/test';
import { walkToScan } from '../drive/scanning.ts';
import { shortCatalogue } from '../drive/short-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { hurry, press, signAndSubmit } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue, devices: [...standardDevices, 'scanner'] } });

const scan = ({ page }: Kiosk, mode: string): Locator => page.locator(`.scan[data-mode="${mode}"]`);
const problem = ({ page }: Kiosk, reason: string): Locator => page.locator(`[data-name="scan-${reason}"]`);

async function begin(kiosk: Kiosk): Promise<void> {
  await kiosk.logged('devices.state-changed', { device: 'scanner', to: 'ready' });
  await hurry(kiosk.page);
  await walkToScan(kiosk);
  await scan(kiosk, 'scanner').waitFor();
}

test('several pages come from the feeder over HTTP, are seen small, and arrive at the platform as they were scanned', async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await begin(kiosk);
  await hall.act('scanner', { feeder: 3 });
  const job = hall.next('scanner', 'job');
  await press(page, 'scan-feeder');
  expect(await job).toMatchObject({ source: 'feeder', colour: 'colour', resolution: 200, duplex: false });
  await scan(kiosk, 'kept').waitFor();
  await expect(scan(kiosk, 'kept')).toHaveAttribute('data-pages', '3');
  await expect(page.locator('.scanned-page[data-picture="shown"]')).toHaveCount(3);
  // One more from the glass: the page before stays.
  await press(page, 'scan-more');
  await press(page, 'scan-platen');
  await expect(scan(kiosk, 'kept')).toHaveAttribute('data-pages', '4');
  await press(page, 'next');
  await signAndSubmit(page);
  await untilAllSent(page);
  const { scans } = await hall.platform.received();
  expect(scans).toHaveLength(4);
});

test('an empty feeder, a jam and an open cover are said in plain words, and the next try scans', async ({ kiosk }) => {
  const { page, hall } = kiosk;
  await begin(kiosk);
  await press(page, 'scan-feeder');
  await expect(problem(kiosk, 'feeder-empty')).toContainText('请把纸放进去');
  await hall.act('scanner', { feeder: 2 });
  await hall.act('scanner', { jam: true });
  await press(page, 'scan-feeder');
  await expect(problem(kiosk, 'jam')).toContainText('请叫工作人员');
  await hall.act('scanner', { jam: false });
  await hall.act('scanner', { cover: 'open' });
  await press(page, 'scan-feeder');
  await expect(problem(kiosk, 'cover-open')).toContainText('请合上');
  await hall.act('scanner', { cover: 'closed' });
  await press(page, 'scan-feeder');
  await scan(kiosk, 'kept').waitFor();
  await expect(scan(kiosk, 'kept')).toHaveAttribute('data-pages', '2');
});

test('what a scanner sends is taken for nothing but a page: a bomb, half a picture and a web page leave no trace', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await begin(kiosk);
  for (const [fault, reason] of [
    ['bomb', 'page-too-large'],
    ['truncated', 'scanner-fault'],
    ['html', 'scanner-fault'],
  ] as const) {
    await hall.act('scanner', { fault, at: 'page', times: 1 });
    await press(page, 'scan-platen');
    await expect(problem(kiosk, reason)).toBeVisible();
    await logged('devices.use-failed', { device: 'scanner', reason });
    await expect(page.locator('.scanned-page')).toHaveCount(0);
  }
  await press(page, 'scan-platen');
  await expect(scan(kiosk, 'kept')).toHaveAttribute('data-pages', '1');
});

test('a scan that is stopped is cancelled at the scanner, and the pages that came stay', async ({ kiosk }) => {
  const { page, hall } = kiosk;
  await begin(kiosk);
  await hall.act('scanner', { feeder: 30 });
  await press(page, 'scan-feeder');
  await page.locator('.scanned-page[data-picture="shown"]').first().waitFor();
  const cancelled = hall.next('scanner', 'cancelled');
  await press(page, 'stop-scan');
  await cancelled;
  await scan(kiosk, 'kept').waitFor();
  expect(Number(await scan(kiosk, 'kept').getAttribute('data-pages'))).toBeGreaterThan(0);
});

test('a scanner that goes away leaves the camera, and is offered again when it is back', async ({ kiosk }) => {
  const { page, hall, logged } = kiosk;
  await begin(kiosk);
  await press(page, 'other');
  await page.locator('button[data-name="shutter"]:not([data-disabled])').waitFor();
  await press(page, 'other');
  await scan(kiosk, 'scanner').waitFor();
  await hall.act('scanner', { unplug: true });
  await press(page, 'scan-platen');
  await expect(problem(kiosk, 'scanner-absent').or(problem(kiosk, 'scanner-fault'))).toBeVisible();
  await logged('devices.state-changed', { device: 'scanner', to: 'faulty' });
  await expect(page.locator('button[data-name="scan-platen"]')).toHaveCount(0);
  await hall.act('scanner', { plug: true });
  await press(page, 'scan-platen');
  await expect(scan(kiosk, 'kept')).toHaveAttribute('data-pages', '1');
});
