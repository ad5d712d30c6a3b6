import { execFileSync } from 'node:child_process';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { launchElectron } from '../drive/electron.ts';
import { processId } from '../drive/processes.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, drawSignature, fillApplication, onPage, press, receiptOutcome } from '../drive/visit.ts';
import { countArrivals } from '../tour/arrivals.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ hallOptions: { catalogue: shortCatalogue } });

const FIRST_PAGE_BYTES = 4_096;

/**
 * From now on no file of that process may grow beyond so many bytes: its writes fail as on a full disk, which an ordinary
 * user cannot make.
 */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}

test('a disk that takes nothing more: the person reads that the case is not stored, and hands it in once there is room', async ({
  kiosk,
}) => {
  const { app, page, hall, logged } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  await fillApplication(page, seniorAllowance.answers);
  await press(page, 'next');
  await onPage(page, 'sign');
  await drawSignature(page);
  const core = await processId(app, 'core');
  limitFiles(core, 4_096);
  await press(page, 'next');
  await onPage(page, 'submit-failed');
  await expect(page.locator('[data-page="submit-failed"]')).toContainText('没有');
  await press(page, 'next');
  await onPage(page, 'submit-failed');
  expect((await hall.platform.received()).cases).toEqual([]);

  limitFiles(core, 'unlimited');
  await press(page, 'next');
  await onPage(page, 'handed-in');
  const number = (await page.locator('[data-number]').getAttribute('data-number')) ?? '';
  expect(await receiptOutcome(page)).toBe('printed');
  await finishVisit(page);
  await untilAllSent(page);
  expect(countArrivals(await hall.platform.received(), [number])).toMatchObject({ exactlyOnce: true });
  expect(await processId(app, 'core')).toBe(core);
  await logged('core.write-failed', { what: 'case' });
});

test('a store damaged between two starts is set aside, its cases are carried over, staff are told and the service goes on', async ({
  kiosk,
}) => {
  const { app, hall, logged, launch } = kiosk;
  await hall.platform.setFault({ kind: 'down' });
  const number = await handInShort(kiosk);
  await app.close();

  const path = join(hall.dataDir, 'kiosk.db');
  // Else its write-ahead log would still hold what is overwritten here, and mend it.
  const store = new Sqlite(path);
  store.pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  const file = await open(path, 'r+');
  // Header and list of tables.
  await file.write(Buffer.alloc(FIRST_PAGE_BYTES, 0xff), 0, FIRST_PAGE_BYTES, 0);
  await file.close();

  const again = await launchElectron(launch);
  try {
    const next = await again.firstWindow();
    await onPage(next, 'home');
    await logged('core.store-set-aside', {});
    expect((await readdir(hall.dataDir)).filter((name) => name.startsWith('kiosk.db.damaged-'))).not.toEqual([]);
    await press(next, 'help');
    await expect(next.locator('[data-note="store-set-aside"]')).toContainText('kiosk.db.damaged-');
    await press(next, 'close');
    await expect(next.locator('[data-entry="apply"][data-state="works"]')).toBeVisible();
    await hall.platform.setFault({ kind: 'none' });
    await untilAllSent(next);
    const { cases, scans } = await hall.platform.received();
    expect(cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual([number]);
    expect(scans).toHaveLength(1);
  } finally {
    await again.close();
  }
});
