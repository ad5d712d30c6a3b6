import type { Page } from '@playwright/test';
import { walkToScan } from '../drive/scanning.ts';
import { shortCatalogue } from '../drive/short-visit.ts';
import { hurry } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

const shutter = (page: Page) => page.locator('button[data-name="shutter"]:not([data-disabled])');
const cameraInUse = (page: Page) =>
  page.evaluate(() => {
    const stream = document.querySelector('video')?.srcObject;
    return stream instanceof MediaStream ? stream.getVideoTracks().map(({ label }) => label) : [];
  });

test.use({ cameras: 3 });

for (const label of ['fake_device_0', 'fake_device_2']) {
  test.describe(`a hall whose camera is ${label}`, () => {
    test.use({ hallOptions: { catalogue: shortCatalogue, config: { camera: { label } } } });

    test(`opens ${label} of three cameras, and no other`, async ({ kiosk }) => {
      const { page } = kiosk;
      await hurry(page);
      await walkToScan(kiosk);
      await shutter(page).waitFor();
      expect(await cameraInUse(page)).toEqual([label]);
    });
  });
}

for (const [hall, config] of Object.entries({
  'whose camera is not plugged in': { camera: { usb: '05a3:9422' } },
  'that does not say which of its cameras is meant': {},
})) {
  test.describe(`a hall ${hall}`, () => {
    test.use({ hallOptions: { catalogue: shortCatalogue, config } });

    test('opens none of the others, and says that its camera does not work', async ({ kiosk }) => {
      const { page, logged } = kiosk;
      await hurry(page);
      await walkToScan(kiosk);
      await page.locator('[data-name="camera-failed"]').waitFor();
      expect(await cameraInUse(page)).toEqual([]);
      await logged('core.page-fault', { code: 'camera-failed' });
    });
  });
}
