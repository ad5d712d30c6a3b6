import type { Page } from '@playwright/test';
import { samplePins, sampleStaff } from '../../scripts/hall/sample-staff.ts';
import type { StaffRole } from '../../src/contract/staff-account.ts';
import type { Hall } from '../../scripts/hall/hall.ts';
import type { OnPage } from './visit.ts';
import { onPage, press, typeOnScreen } from './visit.ts';

/** A finger that stays on the emblem of the home page until the sign-in shows. */
export async function holdEmblem(page: Page): Promise<void> {
  await onPage(page, 'home');
  const box = await page.locator('[data-name="staff-entry"]').boundingBox();
  if (!box) throw new Error('the home page has no emblem');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await onPage(page, 'staff-sign-in');
  await page.mouse.up();
}

/** From the home page to the device page, as the sample member of staff with that role. */
export async function signIn(page: Page, role: StaffRole): Promise<void> {
  const number = sampleStaff.find((account) => account.role === role)?.number ?? '';
  await holdEmblem(page);
  await typeOnScreen(page, number);
  await press(page, 'next');
  await onPage(page, 'staff-pin');
  await typeOnScreen(page, samplePins[role]);
  await press(page, 'next');
  await onPage(page, 'staff-devices');
}

/** Calls `look` at each page that staff can meet, with a name of its own. Begins and ends on the home page. */
export async function walkStaffPages(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  look: OnPage,
): Promise<void> {
  await holdEmblem(page);
  await look('staff-sign-in');
  await typeOnScreen(page, '200001');
  await press(page, 'next');
  await onPage(page, 'staff-pin');
  await typeOnScreen(page, '111111');
  await press(page, 'next');
  await page.locator('[data-name="REFUSED"]').waitFor();
  await look('staff-pin-refused');
  await typeOnScreen(page, samplePins.maintainer);
  await press(page, 'next');
  await onPage(page, 'staff-devices');
  await lookAtDevices({ hall, page }, look);
  await press(page, 'next');
  await page.locator('[data-name="none"]').waitFor();
  await look('staff-records');
  await press(page, 'back');
  await onPage(page, 'staff-devices');
  await lookAtDiagnosis({ hall, page }, look);
  await press(page, 'back');
  await onPage(page, 'home');
}

async function lookAtDevices(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  look: OnPage,
): Promise<void> {
  await look('staff-devices');
  await hall.act('printer', { paper: 'out' });
  await page.locator('[data-device="printer"][data-tone="error"]').waitFor();
  await press(page, 'close-pad');
  await page.locator('.choice[data-name="staff-supplies"]').click();
  await look('dialog-close-device');
  await press(page, 'close-device');
  await page.locator('[data-device="pad"][data-state="disabled"]').waitFor();
  await look('staff-devices-trouble');
  await press(page, 'open-pad');
  await hall.act('printer', { paper: 'ok' });
  await page.locator('[data-device="printer"][data-tone="done"]').waitFor();
}

async function lookAtDiagnosis(
  { hall, page }: { readonly hall: Hall; readonly page: Page },
  look: OnPage,
): Promise<void> {
  await press(page, 'other');
  await page.locator('[data-fact="version-kiosk"]').waitFor();
  await look('staff-diagnosis');
  await press(page, 'try-reader');
  await page.locator('[data-name="do-card"]').waitFor();
  await look('staff-try-attended');
  await hall.act('reader', { card: 'li' });
  await page.locator('[data-verdict="passed"]').waitFor();
  await hall.act('reader', { card: null });
  await look('staff-try-passed');
  await press(page, 'back');
  await onPage(page, 'staff-diagnosis');
  await press(page, 'back');
  await onPage(page, 'staff-devices');
}
