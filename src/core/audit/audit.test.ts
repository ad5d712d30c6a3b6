import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyForAllowance,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../test/fixtures/core-bench.ts';
import { verifyChain } from './verify.ts';

const tool = resolve(import.meta.dirname, '../../../scripts/audit.ts');

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'data', 'kiosk.db');
});
afterEach(() => removeFolder(folder));

/** A visit with a case and a rating, as it is in the audit; the store is closed afterwards. */
async function liveADay(visits = 1): Promise<void> {
  const bench = await startCore({ clock: new ManualClock(), folder });
  for (let n = 0; n < visits; n += 1) {
    await applyForAllowance(bench);
    await bench.core.application.submit();
    await bench.core.rating.submit({ level: 'satisfied', channel: 'page' });
    await bench.core.session.end({ cause: 'finished' });
  }
  bench.stop();
}

function inStore<T>(use: (store: Database) => T): T {
  const store = new Sqlite(path);
  try {
    return use(store);
  } finally {
    store.close();
  }
}

async function verifyByTool(...note: string[]): Promise<{ readonly code: number; readonly text: string }> {
  const run = promisify(execFile)(process.execPath, [tool, 'verify', path, ...note]);
  return run.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );
}

const withoutTriggers = (store: Database, change: string) =>
  store.exec(`DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept; DROP TRIGGER audit_is_not_replaced; ${change}`);

describe('the audit', () => {
  it('has who, when, what and with what result, of everything that was done to a case, and nothing of the person', async () => {
    await liveADay();
    const rows = inStore((store) => store.prepare('SELECT at, who, what, outcome FROM audit ORDER BY sequence').all());
    const at = '2026-11-22T09:30:00+08:00';
    expect(rows).toEqual([
      { at, who: 'process:core', what: 'config-changed', outcome: 'first' },
      { at, who: 'kiosk', what: 'case-handed-in', outcome: 'committed' },
      { at, who: 'kiosk', what: 'case-rated', outcome: 'committed' },
      { at, who: 'process:core', what: 'visit-wiped', outcome: 'finished' },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/试样|9901011|138000/);
  });

  it('lets no statement change, remove or replace a row', async () => {
    await liveADay();
    inStore((store) => {
      for (const change of [
        `UPDATE audit SET outcome = 'other' WHERE sequence = 2`,
        'DELETE FROM audit WHERE sequence = 2',
        `INSERT OR REPLACE INTO audit SELECT sequence, at, who, what, target, 'other', hash FROM audit WHERE sequence = 2`,
      ])
        expect(() => store.exec(change), change).toThrow('append-only');
    });
  });

  it('takes nothing with a case that could not be committed', async () => {
    const bench = await startCore({ clock: new ManualClock(), folder });
    await applyForAllowance(bench);
    inStore((store) => store.exec(`CREATE TRIGGER jam BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'jam'); END`));
    await expect(bench.core.application.submit()).rejects.toBeDefined();
    bench.stop();
    const told = inStore((store) =>
      store.prepare(`SELECT count(*) FROM audit WHERE what = 'case-handed-in'`).pluck().get(),
    );
    expect(told).toBe(0);
  });

  it('[S-11] is an append-only chain: after one row was edited by force, verify fails and names it', async () => {
    await liveADay(2);
    expect(await verifyByTool()).toEqual({
      code: 0,
      text: expect.stringMatching(/^whole: 7 rows, the last is 7:[0-9a-f]{64}\n$/),
    });
    inStore((store) => withoutTriggers(store, `UPDATE audit SET outcome = 'other' WHERE sequence = 3`));
    expect(await verifyByTool()).toEqual({ code: 1, text: 'BROKEN at row 3: changed\n' });
  });

  const forgeries: [string, string, { sequence: number; reason: string }][] = [
    ['a row taken out', 'DELETE FROM audit WHERE sequence = 2', { sequence: 2, reason: 'missing' }],
    ['the first row taken out', 'DELETE FROM audit WHERE sequence = 1', { sequence: 1, reason: 'missing' }],
    [
      'two rows swapped',
      'UPDATE audit SET sequence = 99 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 99',
      { sequence: 2, reason: 'changed' },
    ],
    [
      'another time',
      `UPDATE audit SET at = '2026-11-22T09:30:01+08:00' WHERE sequence = 4`,
      { sequence: 4, reason: 'changed' },
    ],
    ['another hash', 'UPDATE audit SET hash = zeroblob(32) WHERE sequence = 4', { sequence: 4, reason: 'changed' }],
  ];
  it.each(forgeries)('shows %s', async (_title, change, found) => {
    await liveADay();
    inStore((store) => {
      expect(verifyChain(store)).toMatchObject({ whole: true, rows: 4 });
      withoutTriggers(store, change);
      expect(verifyChain(store)).toEqual({ whole: false, ...found });
    });
  });

  it('shows a chain that was cut short to whoever noted a later row down', async () => {
    await liveADay();
    const { text } = await verifyByTool();
    const note = /\d+:\w+$/m.exec(text)?.[0] ?? '';
    expect(await verifyByTool(note)).toMatchObject({ code: 0 });
    inStore((store) => withoutTriggers(store, 'DELETE FROM audit WHERE sequence = 4'));
    expect(await verifyByTool()).toMatchObject({ code: 0 });
    expect(await verifyByTool(note)).toEqual({ code: 1, text: 'BROKEN at row 4: missing\n' });
    expect(await verifyByTool(note.replace('4:', '3:'))).toEqual({
      code: 1,
      text: 'BROKEN at row 3: not-the-noted-one\n',
    });
  });

  it('says by its exit code that there was nothing to verify', async () => {
    expect(await verifyByTool()).toMatchObject({ code: 2 });
    await liveADay();
    expect(await verifyByTool('not a note')).toMatchObject({ code: 2 });
  });
});
