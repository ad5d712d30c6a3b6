import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { allDevices } from '../../scripts/hall/hall-devices.ts';
import { demoFolder, landscape, portrait } from '../../scripts/hall/launch.ts';
import { smallShop } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import {
  chooseItem,
  fillApplication,
  onPage,
  press,
  receiptOutcome,
  signAndSubmit,
  walkToReader,
} from '../drive/visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import type { Kiosk } from './fixtures.ts';
import { expect, test } from './fixtures.ts';

/** The dock's page: it comes after the kiosk's. */
async function dockOf(app: ElectronApplication): Promise<Page> {
  const dock = app.windows()[1] ?? (await app.waitForEvent('window'));
  await dock.locator('[data-dock="ready"]').waitFor();
  return dock;
}

const panel = (dock: Page, device: string): Locator => dock.locator(`[data-device="${device}"]`);

/** A hand at a simulated device. */
async function choose(dock: Page, device: string, control: string, name: string): Promise<void> {
  await panel(dock, device).locator(`[data-control="${control}"] [data-name="${name}"]:not([data-disabled])`).click();
}

test.describe('the simulator dock of a demo build', () => {
  test.use({ folder: demoFolder, simulators: true, hallOptions: { devices: allDevices } });

  test('has every simulated device of the hall, and is as locked down as the kiosk', async ({ kiosk }) => {
    const dock = await dockOf(kiosk.app);
    const found = await dock
      .locator('[data-device]')
      .evaluateAll((panels) => panels.map((one) => one.getAttribute('data-device')));
    expect(found).toEqual(allDevices);
    expect(kiosk.door?.visits).toBe(1);
    await expect(dock).toHaveTitle('模拟设备台');
    await expect(panel(dock, 'reader')).toContainText('身份证读卡器');
    await dock.locator('[data-name="language"]').click();
    await expect(panel(dock, 'reader')).toContainText('Identity card reader');

    const reached = await dock.evaluate(() => ({
      kiosk: 'kiosk' in window,
      node: 'require' in window || 'process' in window,
      dock: Object.keys(Reflect.get(window, 'dock')).toSorted(),
    }));
    expect(reached).toEqual({ kiosk: false, node: false, dock: ['act', 'devices', 'onEvent'] });
    expect(await kiosk.page.evaluate(() => 'dock' in window)).toBe(false);
    await expect(dock.evaluate(() => fetch('https://example.org/'))).rejects.toThrow();
    const address = dock.url();
    await dock.evaluate(() => window.open('https://example.org/'));
    await dock.evaluate(() => location.assign('https://example.org/'));
    expect(dock.url()).toBe(address);
    expect(kiosk.app.windows()).toHaveLength(2);
  });

  test('a card is put on and taken away, a reader pulled out, paper taken out', async ({ kiosk }) => {
    const { app, page } = kiosk;
    const dock = await dockOf(app);
    const apply = page.locator('[data-entry="apply"]');
    await expect(apply).toHaveAttribute('data-state', 'works');

    await choose(dock, 'reader', 'plug', 'unplugged');
    await expect(apply).toHaveAttribute('data-state', 'id-reader');
    await choose(dock, 'reader', 'plug', 'plugged');
    await expect(apply).toHaveAttribute('data-state', 'works', { timeout: 30_000 });

    await choose(dock, 'printer', 'paper', 'out');
    await expect(page.locator('[data-name="staff-notes"]')).toBeVisible();

    await walkToReader(page);
    await choose(dock, 'reader', 'card', 'li');
    await page.locator('[data-card="identified"]').waitFor();
    await expect(page.locator('[data-fact="name"] .card-name')).toContainText('李');
    await expect(panel(dock, 'reader').locator('[data-happened="card-read"]')).toHaveText('卡读完了');
    await choose(dock, 'reader', 'card', 'null');
    await expect(panel(dock, 'reader').locator('[data-happened="card-taken"]')).toHaveText('卡拿走了');
  });

  test('a key of the pad is pressed on the rating page; what an action does to the device shows in the dock', async ({
    kiosk,
  }) => {
    const { app, hall, page } = kiosk;
    const dock = await dockOf(app);
    await signIn(kiosk, 'zhang');
    await chooseItem(page, smallShop.code);
    await fillApplication(page, smallShop.answers);
    await signAndSubmit(page);
    expect(await receiptOutcome(page)).toBe('printed');
    await expect(panel(dock, 'printer').locator('[data-happened="job-ended"]')).toBeVisible();
    await press(page, 'next');
    await onPage(page, 'rating');
    await panel(dock, 'pad').locator('[data-happened="start"]').waitFor();
    await choose(dock, 'pad', 'press', 'very-satisfied');
    await onPage(page, 'end');
    await untilAllSent(page);
    const { ratings } = await hall.platform.received();
    expect(ratings.map(({ level, channel }) => [level, channel])).toEqual([['very-satisfied', 'pad']]);
  });

  test('a code is shown; one that nobody waits for is said to be unseen', async ({ kiosk }) => {
    const dock = await dockOf(kiosk.app);
    const codes = panel(dock, 'codes');
    await codes.locator('[data-control="show"] input').fill('YS-HALL01-261122-0001-0');
    await codes.locator('[data-control="show"] [data-name="do"]').click();
    await expect(codes.locator('[data-happened="unseen"]')).toBeVisible();
  });

  for (const [name, size] of Object.entries({ portrait, landscape })) {
    test.describe(name, () => {
      test.use({ size });
      test('stands beside the kiosk, and both are whole', async ({ kiosk }, info) => {
        const dock = await dockOf(kiosk.app);
        await expect(kiosk.page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'works');
        await kiosk.page.screenshot({ path: info.outputPath('kiosk.png') });
        await dock.screenshot({ path: info.outputPath('dock.png') });
      });
    });
  }
});

test.describe('no dock', () => {
  // By the time the processes of the kiosk are there, a dock would long have come to the hall's door.
  const inService = async ({ logged }: Kiosk): Promise<void> => {
    await logged('shell.process-ready', { name: 'core' });
    await logged('shell.process-ready', { name: 'devices' });
  };

  test.describe('in the kiosk itself', () => {
    test.use({ simulators: true });
    test('though it is told where the simulators are', async ({ kiosk }) => {
      await inService(kiosk);
      expect(kiosk.app.windows()).toHaveLength(1);
      expect(kiosk.door?.visits).toBe(0);
    });
  });

  test.describe('in a demo build', () => {
    test.use({ folder: demoFolder });
    test('that is told of no simulators', async ({ kiosk }) => {
      await inService(kiosk);
      expect(kiosk.app.windows()).toHaveLength(1);
    });
  });
});
