import type { Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { press } from './visit.ts';

/** From home to the page that asks for a number, until the code reader looks for a code: what is shown before is not seen. */
export async function walkToProgress({ hall, page }: { readonly hall: Hall; readonly page: Page }): Promise<void> {
  const looking = hall.next('codes', 'looking');
  await press(page, 'progress');
  await page.locator('[data-name="code-way"]').waitFor();
  await looking;
}
