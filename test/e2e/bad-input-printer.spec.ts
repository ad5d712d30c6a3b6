import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { press, receiptOutcome } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue } });

/** The person reads why, and the number stays where it can be noted down. */
async function expectFailed({ page }: Kiosk, reason: string, number: string): Promise<void> {
  expect(await receiptOutcome(page)).toBe('failed');
  await expect(page.locator('[data-receipt="failed"]')).toHaveAttribute('data-reason', reason);
  await expect(page.locator(`[data-number="${number}"]`)).toBeVisible();
}

/** The button comes with the failure; it is pressed once the printer is ready again. */
async function printAgain({ page }: Kiosk): Promise<void> {
  await press(page, 'print-again');
  expect(await receiptOutcome(page)).toBe('printed');
}

/** Receipts from the hall's name to the code at the end, for this number. */
function wholeReceipts({ hall }: Kiosk, number: string): string[] {
  return hall
    .printed()
    .map((bytes) => decodeEscpos(bytes))
    .filter(({ items }) => items.some(({ kind }) => kind === 'qr'))
    .map(paperText)
    .filter((text) => text.includes('安澜县政务服务中心') && text.includes(number));
}

test('a printer without paper from the start: reason and number shown, staff told, one receipt once there is paper', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await hall.act('printer', { paper: 'out' });
  await expect(page.locator('[data-name="staff-notes"]')).toBeVisible();
  await press(page, 'help');
  await expect(page.locator('[data-note="device"][data-trouble="paper-out"]')).toContainText('凭证打印机');
  await press(page, 'close');

  const number = await handInShort(kiosk);
  await expectFailed(kiosk, 'paper-out', number);
  await logged('core.print-ended', { outcome: 'failed', reason: 'paper-out' });
  await hall.act('printer', { paper: 'ok' });
  // A finger that slides off the button has not pressed it.
  await page.locator('button[data-name="print-again"]:not([data-disabled])').hover();
  await page.mouse.down();
  await page.mouse.move(10, 10);
  await page.mouse.up();
  await printAgain(kiosk);
  expect(wholeReceipts(kiosk, number)).toHaveLength(1);
  await finishVisit(page);
});

test('paper that ends in the middle of a receipt: reason and number shown, exactly one whole receipt once there is paper', async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await hall.act('printer', { paperOutAfterBytes: 400 });
  const number = await handInShort(kiosk);
  await expectFailed(kiosk, 'paper-out', number);
  await hall.act('printer', { paper: 'ok' });
  await printAgain(kiosk);
  expect(wholeReceipts(kiosk, number)).toHaveLength(1);
  await finishVisit(page);
});

test('a printer unplugged before and in the middle of a receipt: absent or off-line shown, printed when it is back', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  // The home page may stand before the device process does.
  await expect(page.locator('[data-entry="apply"]')).toHaveAttribute('data-state', 'works');
  await logged('devices.state-changed', { device: 'printer', to: 'ready' });
  await hall.act('printer', { unplug: true });
  const number = await handInShort(kiosk);
  await expectFailed(kiosk, 'absent', number);

  await hall.act('printer', { plug: true });
  await logged('devices.state-changed', { device: 'printer', to: 'ready' }, 2);
  const begun = hall.next('printer', 'job-begun');
  await press(page, 'print-again');
  await begun;
  await hall.act('printer', { unplug: true });
  await expectFailed(kiosk, 'offline', number);

  await hall.act('printer', { plug: true });
  await logged('devices.state-changed', { device: 'printer', to: 'ready' }, 3);
  await printAgain(kiosk);
  expect(wholeReceipts(kiosk, number)).toHaveLength(1);
  await finishVisit(page);
});
