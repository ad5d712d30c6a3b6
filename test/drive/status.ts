import type { Page } from '@playwright/test';
import type { KioskBridge } from '../../src/contract/bridge.ts';

/** Resolves once nothing waits to be sent, as the page itself would see it. Rejects when a record needs staff. */
export async function untilAllSent(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const kiosk: KioskBridge = Reflect.get(window, 'kiosk');
        const stop = kiosk.system.watchStatus(
          ({ waiting, needsStaff }) => {
            if (waiting > 0 && needsStaff === 0) return;
            stop();
            if (needsStaff > 0) reject(new Error('a record needs staff'));
            else resolve();
          },
          () => reject(new Error('the status ended')),
        );
      }),
  );
}
