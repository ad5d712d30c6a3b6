import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Hall } from '../../scripts/hall/hall.ts';
import type { KioskBridge } from '../../src/contract/bridge.ts';
import { hurry, onPage, press } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

const verbs = ['apply', 'guide', 'progress', 'ticket', 'forms', 'result', 'rating'];

test('home has the seven verbs, the hall, its hours and phone, and the time', async ({ kiosk }) => {
  const { page } = kiosk;
  const tiles = page.locator('[data-entry]');
  expect(await tiles.evaluateAll((found) => found.map((tile) => tile.getAttribute('data-entry')))).toEqual(verbs);
  await expect(page.locator('.frame-header')).toContainText('安澜县政务服务中心');
  await expect(page.locator('.frame-footer')).toContainText('0100-5550101');
  await expect(page.locator('.frame-footer')).toContainText('周一至周五 9:00–17:00');
  await expect(page.locator('[data-clock]')).toHaveText(/^\d{2}:\d{2}$/);
});

test('a tile tells at once when what it needs is gone, offers another way, and works again with it', async ({
  kiosk,
}) => {
  const { hall, page } = kiosk;
  await hurry(page);
  const apply = page.locator('[data-entry="apply"]');
  await expect(apply).toHaveAttribute('data-state', 'works');
  await hall.act('reader', { unplug: true });
  await expect(apply).toHaveAttribute('data-state', 'id-reader');
  await expect(apply).toContainText('读卡器故障');
  await press(page, 'apply');
  await expect(page.locator('[data-dialog="apply"]')).toContainText('带身份证到窗口办理');
  await press(page, 'close');
  await hall.act('reader', { plug: true });
  await expect(apply).toHaveAttribute('data-state', 'works', { timeout: 30_000 });
  // Reading needs no reader.
  await press(page, 'guide');
  await onPage(page, 'guides');
});

test.describe('while core is still starting', () => {
  const samples = join(import.meta.dirname, '../../resources/catalogue');

  /** The key for the national interfaces comes through a pipe: core waits for it until the test writes. */
  async function holdCore(hall: Hall): Promise<void> {
    const config = z
      .looseObject({ platform: z.looseObject({}) })
      .parse(JSON.parse(await readFile(hall.configPath, 'utf8')));
    await writeFile(join(hall.folder, 'word'), 'a made-up word');
    expect(spawnSync('mkfifo', [join(hall.folder, 'key')]).status).toBe(0);
    const files = { appWord: join(hall.folder, 'word'), key: join(hall.folder, 'key') };
    const national = { url: 'http://127.0.0.1:9', appMark: 'made-up', dataSource: '900', ...files };
    await writeFile(hall.configPath, JSON.stringify({ ...config, platform: { ...config.platform, national } }));
  }
  async function letCoreGo(hall: Hall): Promise<void> {
    await writeFile(join(hall.folder, 'key'), '1'.repeat(64));
  }
  test.use({ before: { start: holdCore } });

  test('home stands with the hall and its tiles; a press and a consent are kept and lead to the reader once it is there', async ({
    kiosk,
  }) => {
    const { hall, page } = kiosk;
    await expect(page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'making-ready');
    await expect(page.locator('[data-entry="apply"]')).toContainText('正在准备');
    await expect(page.locator('.frame-header')).toContainText('安澜县政务服务中心');
    await press(page, 'apply');
    await onPage(page, 'consent');
    await page.locator('.choice[data-name="sensitive"]').click();
    await press(page, 'next');
    await expect(page.locator('[data-page="consent"] [role="status"]')).toContainText('正在准备');
    await expect(page.locator('button[data-name="next"]')).toBeDisabled();
    await letCoreGo(hall);
    await page.locator('[data-page="card"] [data-card="waiting"]').waitFor();
  });

  test('a consent that was taken back starts nothing; the guides come by themselves', async ({ kiosk }) => {
    const { hall, page } = kiosk;
    await press(page, 'apply');
    await page.locator('.choice[data-name="sensitive"]').click();
    await press(page, 'next');
    await press(page, 'back');
    await press(page, 'guide');
    await expect(page.locator('[data-page="guides"] [role="status"]')).toContainText('正在准备');
    await letCoreGo(hall);
    const files = (await readdir(samples)).filter((name) => name.endsWith('.json'));
    await expect(page.locator('[data-item]')).toHaveCount(files.length);
    await press(page, 'back');
    await expect(page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'works');
    const begun = await page.evaluate(() => {
      const bridge: KioskBridge = Reflect.get(window, 'kiosk');
      return bridge.session.consent();
    });
    expect(begun).toEqual({ ok: false, error: { code: 'SESSION_NEEDED' } });
  });

  test('a start that takes very long says so, and home comes back by itself', async ({ kiosk }) => {
    const { hall, page } = kiosk;
    const starting = page.locator('[data-page="out-of-service"] [data-reason="starting"]');
    await starting.waitFor({ timeout: 30_000 });
    await letCoreGo(hall);
    await expect(page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'works');
  });
});
