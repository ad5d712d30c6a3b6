import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyForAllowance,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../../test/fixtures/core-bench.ts';
import { openStore } from '../open-store.ts';
import { latestVersion, migrate, migrations } from './index.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = makeFolder();
  mkdirSync(join(folder, 'data'));
  path = join(folder, 'data', 'kiosk.db');
});
afterEach(() => removeFolder(folder));

const open = () => openStore({ path, now: () => new Date() });

/** A store as a kiosk of that version left it: with a case on its way and the traces of earlier ones. */
function storeOfVersion(version: number): void {
  const store = new Sqlite(path);
  store.pragma('journal_mode = WAL');
  store.pragma('application_id = 1802072939');
  migrate(store, version);
  store
    .prepare(
      `INSERT INTO case_record (id, provisional_number, receipt_code, item_code, item_version, item_name, department, handed_in_at)
       VALUES ('case-1', 'YS-0001', 'R1', 'code', 1, '户口迁移', '公安局', '2026-11-22T09:00:00+08:00')`,
    )
    .run();
  store
    .prepare(
      `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, payload)
       VALUES ('case-1', 'case-1', 0, 'case', 'waiting', 0, '2026-11-22T09:00:00+08:00', ?)`,
    )
    .run(randomBytes(900));
  store.exec(
    `INSERT INTO print_job VALUES ('job-1', 'case-1', '2026-11-22T09:00:01+08:00', 'printed', NULL);
     INSERT INTO serial VALUES ('2026-11-22', 7);
     INSERT INTO wipe VALUES (1, '2026-11-22T09:00:02+08:00', 'finished');
     INSERT INTO notice VALUES (1, '2026-11-22T09:00:03+08:00', 'disk-low', '1 MB free');`,
  );
  store.close();
}

const firstTables = ['case_record', 'outbox', 'print_job', 'serial', 'wipe', 'notice'];
const rowsOf = (store: Database) => firstTables.map((table) => store.prepare(`SELECT * FROM ${table}`).all());
const schemaOf = (store: Database) =>
  store.prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name').all();

const earlier = Array.from({ length: latestVersion }, (_, index) => index + 1);

describe('migrations', () => {
  it.each(earlier)('bring a store of version %i up to date with every row it had', (version) => {
    storeOfVersion(version);
    const before = new Sqlite(path, { readonly: true });
    const rows = rowsOf(before);
    before.close();
    const opened = open();
    if (!opened.ok) throw new Error(opened.reason);
    const { database, setAside } = opened.value;
    expect(setAside).toBeUndefined();
    expect(database.pragma('user_version', { simple: true })).toBe(latestVersion);
    // With the columns it had: later ones may have joined them.
    expect(rowsOf(database)).toMatchObject(rows);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    const fresh = new Sqlite(':memory:');
    migrate(fresh);
    expect(schemaOf(database)).toEqual(schemaOf(fresh));
    fresh.close();
    database.close();
  });

  it('that say they only add do nothing else, and leave tables of before to themselves', () => {
    const additions =
      /^(CREATE (TABLE|INDEX|UNIQUE INDEX|TRIGGER) |ALTER TABLE \w+ ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT)))/;
    for (const { sql, kind } of migrations) {
      if (kind !== 'adds') continue;
      const made = [...sql.matchAll(/CREATE TABLE (\w+)/g)].map(([, name]) => name);
      const bare = sql.replaceAll(/^--.*$/gm, '').replaceAll(/BEGIN .*? END/gs, 'BODY');
      const statements = bare
        .split(';')
        .map((text) => text.trim())
        .filter((text) => text !== '');
      expect(statements.filter((text) => !additions.test(text))).toEqual([]);
      for (const [, table] of bare.matchAll(/CREATE TRIGGER [\s\S]*? ON (\w+)/g)) expect(made).toContain(table);
    }
  });
});

describe('a store that a later version has opened', () => {
  /** As the version after this one would leave it. */
  function update(kind: 'adds' | 'changes'): void {
    const store = new Sqlite(path);
    store.exec(
      `ALTER TABLE case_record ADD COLUMN channel TEXT; ALTER TABLE outbox ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
       CREATE TABLE enquiry (id TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT; INSERT INTO enquiry VALUES ('e-1', 'now');
       PRAGMA user_version = ${latestVersion + 1};`,
    );
    if (kind === 'changes') store.prepare('UPDATE store_format SET min_reader_version = ?').run(latestVersion + 1);
    store.close();
  }

  it('works under this one when the later one only added to it, and keeps what that added', async () => {
    storeOfVersion(latestVersion);
    update('adds');
    const bench = await startCore({ clock: new ManualClock(), folder });
    await applyForAllowance(bench);
    const { provisionalNumber } = await bench.core.application.submit();
    expect(await bench.core.progress.lookup({ number: provisionalNumber })).toMatchObject({ stage: 'waiting-to-send' });
    expect(await bench.core.progress.lookup({ number: 'YS-0001' })).toMatchObject({ stage: 'waiting-to-send' });
    bench.stop();
    const store = new Sqlite(path, { readonly: true });
    expect(store.pragma('user_version', { simple: true })).toBe(latestVersion + 1);
    expect(store.prepare('SELECT id FROM enquiry').all()).toEqual([{ id: 'e-1' }]);
    store.close();
  });

  it('is refused when the later one changed it', () => {
    storeOfVersion(latestVersion);
    update('changes');
    expect(open()).toMatchObject({ ok: false, reason: 'store-newer' });
  });
});
