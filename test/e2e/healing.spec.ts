import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { signal } from '../drive/processes.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, onPage, press, receiptOutcome, typeOnScreen } from '../drive/visit.ts';
import { stageInWindow, untilWindowShows, windowText } from '../drive/window.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue } });

/** From the loss to a home page that works. */
const PAGE_BACK = 10_000;

/** Why each visit ended, oldest first, as the wipe records say. */
function wipes({ hall }: Kiosk): unknown[] {
  const store = new Sqlite(join(hall.dataDir, 'kiosk.db'), { readonly: true });
  try {
    return store.prepare('SELECT cause FROM wipe ORDER BY id').pluck().all();
  } finally {
    store.close();
  }
}

async function expectArrivedOnce({ hall }: Kiosk, numbers: readonly string[]): Promise<void> {
  const { cases, scans } = await hall.platform.received();
  expect(cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual(numbers);
  expect(scans).toHaveLength(numbers.length);
}

test('[M-10] a page that goes white or is killed is seen, wiped and back within ten seconds; nothing committed is lost', async ({
  kiosk,
}) => {
  const { app, page, hall, logged } = kiosk;
  await hall.platform.setFault({ kind: 'down' });

  await signIn(kiosk, 'zhang');
  await page.evaluate(() => document.body.replaceChildren());
  await logged('shell.page-lost', { cause: 'blank' });
  await page.locator('[data-page="home"]').waitFor({ timeout: PAGE_BACK });
  await logged('core.visit-ended', { cause: 'fault' });
  await expect(page.locator('body')).not.toContainText('张');

  await signal(app, 'gpu', 'SIGKILL');
  await logged('shell.child-gone', { type: 'GPU' });
  const number = await handInShort(kiosk);

  await signal(app, 'page', 'SIGKILL');
  await logged('shell.page-lost', { cause: 'killed' });
  await untilWindowShows(app, 'home', PAGE_BACK);
  await logged('core.visit-ended', { cause: 'fault' }, 2);
  expect(await windowText(app)).not.toMatch(new RegExp(`张|${number}`));
  expect(wipes(kiosk)).toEqual(['fault', 'fault']);

  expect(await stageInWindow(app, number)).toBe('waiting-to-send');
  await hall.platform.setFault({ kind: 'none' });
  await logged('core.delivered', { step: 'scan' });
  await expectArrivedOnce(kiosk, [number]);
  expect(await stageInWindow(app, number)).toBe('accepted');
});

test('a page caught in an endless loop is ended and back within ten seconds, its visit wiped', async ({ kiosk }) => {
  const { app, page, logged } = kiosk;
  await signIn(kiosk, 'zhang');
  // In a task of its own, so that the call itself comes back.
  await page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  await logged('shell.page-lost', { cause: 'hung' });
  await untilWindowShows(app, 'home', PAGE_BACK);
  await logged('core.visit-ended', { cause: 'fault' });
  expect(await windowText(app)).not.toContain('张');
  expect(wipes(kiosk)).toEqual(['fault']);
});

test('core killed in a visit, killed while idle, and hung: each time home is back in service and no case is lost', async ({
  kiosk,
}) => {
  const { app, page, hall, logged } = kiosk;
  await hall.platform.setFault({ kind: 'down' });
  const number = await handInShort(kiosk);
  await receiptOutcome(page);
  await finishVisit(page);

  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  await onPage(page, 'situation');
  await signal(app, 'core', 'SIGKILL');
  await logged('shell.process-lost', { name: 'core', cause: 'exited' });
  await onPage(page, 'home');
  await logged('core.visit-ended', { cause: 'crash' });
  await expect(page.locator('body')).not.toContainText('张');
  expect(wipes(kiosk)).toEqual(['finished', 'crash']);
  await expect(page.locator('[data-entry="apply"][data-state="works"]')).toBeVisible();
  await lookUp(kiosk, number, 'waiting-to-send');

  await signal(app, 'core', 'SIGKILL');
  await logged('shell.process-lost', { name: 'core', cause: 'exited' }, 2);
  await logged('core.started', {}, 3);
  await expect(page.locator('[data-entry="apply"][data-state="works"]')).toBeVisible();

  await signal(app, 'core', 'SIGSTOP');
  await logged('shell.process-lost', { name: 'core', cause: 'hung' });
  await logged('core.started', {}, 4);
  await expect(page.locator('[data-entry="apply"][data-state="works"]')).toBeVisible();

  await hall.platform.setFault({ kind: 'none' });
  await untilAllSent(page);
  await expectArrivedOnce(kiosk, [number]);
});

/** By hand on the progress page. */
async function lookUp({ page }: Kiosk, number: string, stage: string): Promise<void> {
  await press(page, 'progress');
  await typeOnScreen(page, number.replaceAll('-', ''));
  await press(page, 'next');
  await page.locator(`[data-stage="${stage}"]`).waitFor();
  await press(page, 'back');
  await onPage(page, 'home');
}
