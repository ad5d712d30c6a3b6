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
