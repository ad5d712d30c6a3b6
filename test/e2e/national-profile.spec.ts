import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { hiddenWords, phone } from '../drive/people.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import { hurry } from '../drive/visit.ts';
import { wholeVisit } from '../drive/whole-visit.ts';
import { expect, test } from './fixtures.ts';
import { findWords } from './outputs.ts';

/** What values begin with that SM4 sealed. */
const SM4 = 3;

test.use({ hallOptions: { config: { cryptography: 'national' } } });

test('[P-23] a kiosk of the national profile keeps a whole visit under SM4, inside Electron, and sends all of it', async ({
  kiosk,
}) => {
  test.setTimeout(120_000);
  const { hall, page } = kiosk;
  await hurry(page);
  await hall.platform.stop();
  await wholeVisit(kiosk, seniorAllowance);
  const store = new Sqlite(join(hall.dataDir, 'kiosk.db'), { readonly: true });
  const rows = store.prepare<[], Buffer>('SELECT payload FROM outbox WHERE payload IS NOT NULL').pluck().all();
  store.close();
  const scans = join(hall.dataDir, 'scans');
  const pages = await Promise.all((await readdir(scans)).map((name) => readFile(join(scans, name))));
  expect(rows.length).toBeGreaterThan(2);
  expect(pages.length).toBeGreaterThan(0);
  expect([...new Set([...rows, ...pages].map(([version]) => version))]).toEqual([SM4]);
  expect(await findWords(hall.dataDir, [...hiddenWords('zhang'), phone])).toEqual([]);
  await hall.platform.start();
  await untilAllSent(page);
});
