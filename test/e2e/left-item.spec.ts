import { forgetCard } from '../drive/left-card.ts';
import { onPage } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });

test('[H-18] a card left on the reader: 10 s after the end a sound, a page that says so, and an event; taken, all is over', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  const left = await forgetCard(kiosk);
  await expect(left).toContainText('请拿走您的身份证');
  await expect(left.locator('[data-item="card"]')).not.toHaveAttribute('data-calls', '0', { timeout: 20_000 });
  await logged('core.device-event', { device: 'reader', kind: 'item-left' });
  await logged('core.delivered', { step: 'device-event' });
  expect((await hall.platform.received()).deviceEvents).toMatchObject([
    { kioskId: 'HALL01', device: 'reader', kind: 'item-left', reason: 'card' },
  ]);
  // Nobody is served meanwhile.
  await expect(page.locator('[data-entry]')).toHaveCount(0);

  await hall.act('reader', { card: null });
  await onPage(page, 'home');
  await expect(left).toHaveCount(0);
  await logged('core.delivered', { step: 'device-event' }, 2);
  expect((await hall.platform.received()).deviceEvents).toMatchObject([{}, { kind: 'item-taken' }]);
});
