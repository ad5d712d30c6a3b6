import { signIn } from '../drive/whole-visit.ts';
import { onPage, press, walkPastReader, walkToReader } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });

const apply = ({ page }: Kiosk) => page.locator('[data-entry="apply"]');
const failure = ({ page }: Kiosk, reason: string) => page.locator(`[data-card="failed"] [data-name="${reason}"]`);
/** Offered once the reader can be used again. */
const tryAgain = ({ page }: Kiosk) => page.locator('button[data-name="next"]:has([data-icon="refresh"])');

/** Staff find the trouble under "help" on the home page. */
async function staffRead({ page }: Kiosk, trouble: string, detail: string): Promise<void> {
  await expect(page.locator('[data-name="staff-notes"]')).toBeVisible();
  await press(page, 'help');
  await expect(page.locator(`[data-note="device"][data-trouble="${trouble}"]`)).toContainText(detail);
  await press(page, 'close');
}

/** Ends a visit that has not handed in anything. */
async function leave({ page }: Kiosk): Promise<void> {
  await press(page, 'end-visit');
  await press(page, 'end');
  await onPage(page, 'end');
  await press(page, 'next');
  await onPage(page, 'home');
}

test('[M-09] a reader unplugged before, while waiting and while reading is named, and works again when plugged in, without a restart', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await hall.act('reader', { unplug: true });
  await logged('devices.state-changed', { device: 'reader', to: 'absent' });
  await expect(apply(kiosk)).toHaveAttribute('data-state', 'id-reader');
  await press(page, 'apply');
  await expect(page.locator('[data-dialog="apply"]')).toContainText('身份证读卡器暂时不能使用');
  await press(page, 'close');
  await staffRead(kiosk, 'not-connected', 'reader: ');
  await hall.act('reader', { plug: true });
  await expect(apply(kiosk)).toHaveAttribute('data-state', 'works', { timeout: 5_000 });
  await expect(page.locator('[data-name="staff-notes"]')).toHaveCount(0);

  await walkToReader(page);
  await hall.act('reader', { unplug: true });
  await expect(failure(kiosk, 'reader-absent')).toBeVisible();
  await hall.act('reader', { plug: true });
  await tryAgain(kiosk).click();
  await page.locator('[data-card="waiting"]').waitFor();

  // So slow that the card is still read when it is unplugged, however busy this machine is.
  await hall.act('reader', { script: { steps: [{ do: { cut: 'each-byte', pauseMs: 20 } }] } });
  await hall.act('reader', { card: 'zhang' });
  await page.locator('[data-card="reading"]').waitFor();
  await hall.act('reader', { unplug: true });
  await expect(failure(kiosk, 'reader-absent')).toBeVisible();
  await logged('devices.use-failed', { device: 'reader', reason: 'reader-absent' }, 2);
  await hall.act('reader', { script: { steps: [{ do: { clear: true } }] } });
  await hall.act('reader', { card: null });
  await hall.act('reader', { plug: true });
  await tryAgain(kiosk).click();
  // A reader that has selected a card finds it again only after it was taken away.
  await hall.act('reader', { card: 'zhang' });
  expect(await walkPastReader(page)).toMatchObject({ name: '张*' });
});

test('a reader that is silent or talks garbage is named to the person and to staff, and reads as soon as it is well', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  for (const { fault, trouble, detail } of [
    { fault: 'silent', trouble: 'no-answer', detail: 'reader: no-answer' },
    { fault: 'garbage', trouble: 'wrong-device', detail: 'reader: wrong-device' },
  ]) {
    await walkToReader(page);
    await hall.act('reader', { fault });
    await expect(failure(kiosk, 'reader-silent')).toBeVisible();
    await logged('devices.state-changed', { device: 'reader', to: 'faulty', reason: detail.replace('reader: ', '') });
    await leave(kiosk);
    await expect(apply(kiosk)).toHaveAttribute('data-state', 'id-reader');
    await staffRead(kiosk, trouble, detail);
    await hall.act('reader', { fault: 'none' });
    await expect(apply(kiosk)).toHaveAttribute('data-state', 'works');
  }
  // Noise in front of each answer is only noise: the card is read.
  await hall.act('reader', { fault: 'noise' });
  expect(await signIn(kiosk, 'zhang')).toMatchObject({ name: '张*' });
});

test('a card taken away while it is read, and one that cannot be read, are named, and the next try reads', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await walkToReader(page);
  for (const { fault, reason } of [
    { fault: 'removed-while-reading', reason: 'card-removed' },
    { fault: 'read-failed', reason: 'card-unreadable' },
    { fault: 'wrong-checksum', reason: 'card-unreadable' },
  ]) {
    await hall.act('reader', { fault });
    await hall.act('reader', { card: 'zhang' });
    await expect(failure(kiosk, reason)).toBeVisible();
    await hall.act('reader', { card: null });
    await hall.act('reader', { fault: 'none' });
    await tryAgain(kiosk).click();
    await page.locator('[data-card="waiting"]').waitFor();
  }
  await logged('devices.use-failed', { device: 'reader', reason: 'card-removed' });
  await hall.act('reader', { card: 'zhang' });
  expect(await walkPastReader(page)).toMatchObject({ name: '张*' });
});
