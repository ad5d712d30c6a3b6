import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { seniorAllowance } from './samples.ts';
import { chooseItem, fillUpTo } from './visit.ts';
import { signIn } from './whole-visit.ts';

/** From home to the page that asks for the one paper of the short catalogue. */
export async function walkToScan(kiosk: { readonly hall: Hall; readonly page: Page }): Promise<void> {
  await signIn(kiosk, 'zhang');
  await chooseItem(kiosk.page, seniorAllowance.code);
  await fillUpTo(kiosk.page, seniorAllowance.answers, 'scan');
}
