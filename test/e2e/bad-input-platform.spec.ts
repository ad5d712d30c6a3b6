import type { Page } from '@playwright/test';
import type { KioskBridge } from '../../src/contract/bridge.ts';
import type { Fault } from '../../src/platform/faults.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { receiptOutcome } from '../drive/visit.ts';
import { countArrivals } from '../tour/arrivals.ts';
import { expect, test } from './fixtures.ts';

// After each outage a kiosk begins at some moment within its length, so that not all come at once.
test.describe.configure({ timeout: 300_000 });
test.use({ hallOptions: { catalogue: shortCatalogue } });

/** What is wrong with the platform, and the reason under which deliveries are put off. Hanging has none before 60 s are over. */
const faults: readonly { readonly fault: Fault; readonly reason?: string }[] = [
  { fault: { kind: 'status', status: 500 }, reason: 'failing' },
  { fault: { kind: 'status', status: 409 }, reason: 'in-progress' },
  { fault: { kind: 'html' }, reason: 'not-understood' },
  { fault: { kind: 'hang' } },
];

test('a platform that answers 500, 409, HTML or nothing at all: each visit ends well and all arrives once', async ({
  kiosk,
}) => {
  const { page, hall, logged } = kiosk;
  const numbers: string[] = [];
  // The platform goes wrong in the middle of the day: a kiosk that never reached it would not even try to deliver.
  await logged('core.platform-changed', { state: 'reachable' });
  for (const { fault, reason } of faults) {
    await test.step(`platform: ${JSON.stringify(fault)}`, async () => {
      await hall.platform.setFault(fault);
      numbers.push(await handInShort(kiosk));
      expect(await receiptOutcome(page)).toBe('printed');
      await finishVisit(page);
      // By a record that was tried, or by the kiosk's own question whether the platform is there: then none is tried.
      if (reason !== undefined)
        await Promise.any([
          logged('core.delivery-postponed', { reason }),
          logged('core.platform-changed', { state: 'unreachable', reason }),
        ]);
      expect(await waiting(page)).toBeGreaterThan(0);
      await hall.platform.setFault({ kind: 'none' });
      await untilAllSent(page);
    });
  }
  const received = await hall.platform.received();
  expect(countArrivals(received, numbers)).toMatchObject({ exactlyOnce: true });
  await expect(page.locator('[data-name="offline"]')).toHaveCount(0);
});

/** How many records wait to be sent, as core says. */
async function waiting(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const kiosk: KioskBridge = Reflect.get(window, 'kiosk');
    const status = await kiosk.system.status();
    return status.ok ? status.value.waiting : -1;
  });
}
