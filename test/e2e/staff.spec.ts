import { queueCases, queuedId } from '../fixtures/queued-cases.ts';
import { holdEmblem, signIn } from '../drive/staff.ts';
import { hallDevices } from '../../scripts/hall/hall-devices.ts';
import { onPage, press, typeOnScreen } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test('staff come in by holding the emblem, with number and PIN; a short touch and a wrong PIN let nobody in', async ({
  kiosk,
}) => {
  const { page, logged } = kiosk;
  await page.locator('[data-name="staff-entry"]').click();
  await holdEmblem(page);
  await typeOnScreen(page, '100001');
  await press(page, 'next');
  await typeOnScreen(page, '111111');
  await expect(page.locator('.entry-value')).toHaveText('••••••');
  await press(page, 'next');
  await expect(page.locator('[data-name="REFUSED"]')).toBeVisible();
  await typeOnScreen(page, '246810');
  await press(page, 'next');
  await onPage(page, 'staff-devices');
  await expect(page.locator('[data-staff="100001"]')).toContainText('周试样');
  await press(page, 'back');
  await onPage(page, 'home');
  await logged('core.staff-acted', { action: 'signed-out' });
});

test('[H-02] the device page shows a printer without paper as a red row within 3 s, and the platform hears of it', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await signIn(page, 'hall-staff');
  const row = page.locator('[data-device="printer"]');
  await expect(row).toHaveAttribute('data-state', 'ready');
  await expect(row.locator('[data-fact="paper"]')).toContainText('充足');
  await expect(row.locator('[data-fact="uses"]')).toContainText('共 0 次，成功 0 次，失败 0 次');
  await expect(row.locator('[data-fact="last-used"]')).toContainText('还没有用过');

  await hall.act('printer', { paper: 'out' });
  await expect(row).toHaveAttribute('data-tone', 'error', { timeout: 3_000 });
  await expect(row).toContainText('没有纸了，请换纸');
  await expect(row.locator('[data-fact="paper"]')).toContainText('没有了');
  await logged('core.delivered', { step: 'device-event' });
  const { driver } = hallDevices.printer;
  const event = { kioskId: 'HALL01', device: 'printer', class: 'ticket-printer', driver };
  expect((await hall.platform.received()).deviceEvents).toMatchObject([
    { ...event, kind: 'fault', reason: 'paper-out' },
  ]);

  await hall.act('printer', { paper: 'ok' });
  await expect(row).toHaveAttribute('data-tone', 'done');
  await logged('core.delivered', { step: 'device-event' }, 2);
  expect((await hall.platform.received()).deviceEvents).toMatchObject([{}, { ...event, kind: 'recovered' }]);
});

test('staff close a device for a reason and open it again; the home page and the platform follow', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await signIn(page, 'hall-staff');
  await press(page, 'close-reader');
  await expect(page.locator('button[data-name="close-device"]')).toHaveAttribute('data-off', 'true');
  await page.locator('.choice[data-name="staff-cleaning"]').click();
  await press(page, 'close-device');
  const row = page.locator('[data-device="reader"]');
  await expect(row).toHaveAttribute('data-state', 'disabled');
  await expect(row).toContainText('清洁保养');
  await press(page, 'back');
  await onPage(page, 'home');
  await expect(page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'id-reader');
  await signIn(page, 'hall-staff');
  await press(page, 'open-reader');
  await expect(row).toHaveAttribute('data-state', 'ready');
  await logged('core.delivered', { step: 'device-event' }, 2);
  expect((await hall.platform.received()).deviceEvents).toMatchObject([
    { device: 'reader', kind: 'closed', reason: 'staff-cleaning' },
    { device: 'reader', kind: 'opened' },
  ]);
});

test('a member of staff who walks away is signed out', async ({ kiosk }) => {
  const { page, logged } = kiosk;
  await signIn(page, 'hall-staff');
  await page.clock.install();
  await page.clock.fastForward(100_000);
  await onPage(page, 'home');
  await logged('core.staff-acted', { action: 'signed-out' });
});

test.describe('with a record from under another key', () => {
  test.use({ before: { start: async (hall) => queueCases(hall.dataDir, [{ serial: 1 }]) } });

  test('staff see what was not delivered and why, and send it again', async ({ kiosk }) => {
    const { page, logged } = kiosk;
    await logged('core.delivery-parked', { reason: 'sealed-broken' });
    await signIn(page, 'hall-staff');
    await press(page, 'next');
    await onPage(page, 'staff-records');
    const row = page.locator(`[data-record="${queuedId(1)}"]`);
    await expect(row).toContainText('YS-1');
    await expect(row).toContainText('sealed-broken');
    await press(page, `send-${queuedId(1)}`);
    await expect(page.locator('[data-name="sent-again"]')).toBeVisible();
    // The key is still another one.
    await logged('core.delivery-parked', { reason: 'sealed-broken' }, 2);
    await press(page, 'other');
    await expect(row).toBeVisible();
  });
});
