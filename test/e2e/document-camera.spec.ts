import { standardDevices } from '../../scripts/hall/hall-devices.ts';
import { walkToScan } from '../drive/scanning.ts';
import { shortCatalogue } from '../drive/short-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { hurry, press, signAndSubmit } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue, devices: [...standardDevices, 'stand'] } });

/** To the page that asks for the paper, where the camera on its stand is offered like any scanner. */
async function begin(kiosk: Kiosk): Promise<void> {
  await kiosk.logged('devices.state-changed', { device: 'stand', to: 'ready' });
  await hurry(kiosk.page);
  await walkToScan(kiosk);
  await kiosk.page.locator('.scan[data-mode="scanner"]').waitFor();
}

test("a page under the document camera comes from its maker's service on this computer, and arrives at the platform", async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await begin(kiosk);
  await expect(page.locator('button[data-name="scan-feeder"]')).toHaveCount(0);
  const [opened, closed] = [hall.next('stand', 'opened'), hall.next('stand', 'closed')];
  await press(page, 'scan-platen');
  expect(await opened).toMatchObject({ camera: 0 });
  await expect(page.locator('.scan[data-mode="kept"]')).toHaveAttribute('data-pages', '1');
  await expect(page.locator('.scanned-page[data-picture="shown"]')).toHaveCount(1);
  // It films nobody when no page is being taken.
  await closed;
  // Another page on the table.
  await hall.act('stand', { page: 2 });
  await press(page, 'scan-more');
  await press(page, 'scan-platen');
  await expect(page.locator('.scan[data-mode="kept"]')).toHaveAttribute('data-pages', '2');
  await press(page, 'next');
  await signAndSubmit(page);
  await untilAllSent(page);
  const { scans } = await hall.platform.received();
  expect(new Set(scans.map(({ sha256 }) => sha256)).size).toBe(2);
});

test('a camera that is pulled out, and a service that shows a web page, are said in plain words; then a page is taken', async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await begin(kiosk);
  const problem = (reason: string) => page.locator(`[data-name="scan-${reason}"]`);
  await hall.act('stand', { fault: 'html', at: 'stream', times: 1 });
  await press(page, 'scan-platen');
  await expect(problem('scanner-fault')).toBeVisible();
  await expect(page.locator('.scanned-page')).toHaveCount(0);
  await hall.act('stand', { camera: 'unplugged' });
  await press(page, 'scan-platen');
  await expect(problem('scanner-absent')).toBeVisible();
  await kiosk.logged('devices.state-changed', { device: 'stand', to: 'faulty' });
  await hall.act('stand', { camera: 'plugged' });
  await press(page, 'scan-platen');
  await expect(page.locator('.scan[data-mode="kept"]')).toHaveAttribute('data-pages', '1');
});
