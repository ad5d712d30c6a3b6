import { standardDevices } from '../../scripts/hall/hall-devices.ts';
import { walkToScan } from '../drive/scanning.ts';
import { handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { hurry, onPage, press, receiptOutcome, walkPastReader, walkToReader } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({
  hallOptions: {
    catalogue: shortCatalogue,
    devices: [...standardDevices, 'scanner', 'lamps'],
    config: { personGoneSeconds: 25 },
  },
});

const at = (slot: string) => (event: Readonly<Record<string, unknown>>) => event['slot'] === slot;

test('the lamp of the slot that the person has to use is lit, and goes out after: card, paper, receipt', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  await logged('devices.state-changed', { device: 'lamps', to: 'ready' });
  await hurry(page);
  const card = hall.next('lamps', 'blinking');
  await walkToReader(page);
  expect(await card).toMatchObject({ slot: 'social-card' });
  const read = hall.next('lamps', 'dark');
  await hall.act('reader', { card: 'zhang' });
  expect(await read).toMatchObject({ slot: 'social-card' });
  await walkPastReader(page);
  await hall.act('reader', { card: null });
  await press(page, 'end-visit');
  await press(page, 'end');
  await onPage(page, 'end');
  await press(page, 'next');
  await onPage(page, 'home');

  const paper = hall.next('lamps', 'blinking', at('document-camera'));
  const scanned = hall.next('lamps', 'dark', at('document-camera'));
  const receipt = hall.next('lamps', 'blinking', at('a4-printer'));
  const taken = hall.next('lamps', 'dark', at('a4-printer'));
  await handInShort(kiosk);
  await paper;
  await scanned;
  await receiptOutcome(page);
  await receipt;
  await press(page, 'next');
  await onPage(page, 'rating');
  await page.locator('[data-level="skip"]').click();
  await taken;
});

test('[S-05] when the sensor sees the person go a countdown begins, coming back or a press ends it, and else the visit ends', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  const warning = page.locator('[data-dialog="idle"]');
  await hurry(page);
  await walkToScan(kiosk);
  await logged('devices.state-changed', { device: 'lamps', to: 'busy' });
  await hall.act('lamps', { presence: 'present' });
  await hall.act('lamps', { presence: 'gone' });
  await warning.waitFor();
  await expect(page.locator('.idle-seconds')).toHaveAttribute('data-seconds', /^2[0-5]$/);
  await hall.act('lamps', { presence: 'present' });
  await warning.waitFor({ state: 'detached' });

  await hall.act('lamps', { presence: 'gone' });
  await warning.waitFor();
  await press(page, 'more-time');
  await warning.waitFor({ state: 'detached' });
  // The sensor still sees nobody, and somebody has just pressed: they sit too low for it.
  await page.clock.fastForward(50_000);
  await expect(warning).toHaveCount(0);

  await hall.act('lamps', { presence: 'present' });
  await hall.act('lamps', { presence: 'gone' });
  await warning.waitFor();
  await page.clock.fastForward(26_000);
  await onPage(page, 'home');
  await logged('core.visit-ended', { cause: 'idle' });
});

test('a person who is there wakes nothing on the home page', async ({ kiosk }) => {
  const { page, hall } = kiosk;
  await hall.act('lamps', { presence: 'present' });
  await hall.act('lamps', { presence: 'gone' });
  await press(page, 'guide');
  await onPage(page, 'guides');
  await hall.act('lamps', { presence: 'present' });
  await press(page, 'back');
  await onPage(page, 'home');
});

test('a card that is left on the reader is asked for on the last page, which stays until it is taken', async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await hurry(page);
  await walkToReader(page);
  await hall.act('reader', { card: 'zhang' });
  await walkPastReader(page);
  await press(page, 'end-visit');
  await press(page, 'end');
  await onPage(page, 'end');
  await expect(page.locator('[data-name="card-left"]')).toContainText('请取走');
  await hall.act('reader', { card: null });
  await expect(page.locator('[data-name="card-taken"]')).toBeVisible();
  await press(page, 'next');
  await onPage(page, 'home');
});
