import type { Locator, Page } from '@playwright/test';
import type { Hall } from '../../scripts/hall/hall.ts';
import { leaveVisit, walkPastReader, walkToReader } from './visit.ts';

/** A visit whose card stays on the reader, until the kiosk says so. */
export async function forgetCard({ hall, page }: { readonly hall: Hall; readonly page: Page }): Promise<Locator> {
  await walkToReader(page);
  await hall.act('reader', { card: 'zhang' });
  await walkPastReader(page);
  await leaveVisit(page);
  const left = page.locator('[data-page="left-item"]');
  await left.waitFor();
  return left;
}
