import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedStore } from './open-store.ts';
import { STORE_CHECKED_AT_START_BYTES } from '../limits.ts';
import { doubtStore, openStore } from './open-store.ts';

const PAGE = 4_096;
let folder: string;
let path: string;
const opened: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-store-'));
  path = join(folder, 'kiosk.db');
});
afterEach(() => {
  for (const database of opened.splice(0)) database.close();
  rmSync(folder, { recursive: true });
});

function mustOpen(): OpenedStore {
  const result = openStore({ path, now: () => new Date('2026-11-22T01:02:03Z') });
  if (!result.ok) throw new Error(`${result.reason} ${result.detail}`);
  opened.push(result.value.database);
  return result.value;
}

function fill(database: Database, from: number, to: number): void {
  const insertCase = database.prepare(
    `INSERT INTO case_record (id, provisional_number, receipt_code, item_code, item_version, item_name, department, handed_in_at)
     VALUES (?, ?, ?, 'code', 1, '户口迁移', '公安局', '2026-11-22T09:00:00+08:00')`,
  );
  const insertStep = database.prepare(
    `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, payload)
     VALUES (?, ?, 0, 'case', 'waiting', 0, '2026-11-22T09:00:00+08:00', ?)`,
  );
  database.transaction(() => {
    for (let n = from; n < to; n += 1) {
      insertCase.run(`case-${n}`, `P${n}`, `R${n}`);
      insertStep.run(`case-${n}`, `case-${n}`, randomBytes(900));
    }
  })();
}

function makeFull(rows: number): void {
  const { database } = mustOpen();
  fill(database, 0, rows);
  database.close();
  opened.length = 0;
}

function overwrite(pages: readonly number[]): void {
  const bytes = readFileSync(path);
  for (const page of pages) randomBytes(PAGE).copy(bytes, page * PAGE);
  writeFileSync(path, bytes);
}

const count = (database: Database, table: string) =>
  database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;

describe('openStore', () => {
  it('makes a store that syncs every commit, and finds its rows again', () => {
    const { database } = mustOpen();
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    const loose = database.prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'`,
    );
    expect(loose.all()).toEqual([]);
    fill(database, 0, 3);
    database.close();
    opened.length = 0;
    const again = mustOpen();
    expect(count(again.database, 'outbox')).toBe(3);
    expect(again.setAside).toBeUndefined();
  });

  it('refuses a store of a newer version and changes no byte of it', () => {
    makeFull(5);
    const newer = new Sqlite(path);
    newer.exec('PRAGMA user_version = 99; UPDATE store_format SET min_reader_version = 99');
    newer.close();
    const before = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(openStore({ path, now: () => new Date() })).toMatchObject({ ok: false, reason: 'store-newer' });
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(before);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('does not read through a large store at its start, and does when damage was met in it', () => {
    makeFull(9_000);
    expect(statSync(path).size).toBeGreaterThan(STORE_CHECKED_AT_START_BYTES);
    overwrite([Math.floor(statSync(path).size / PAGE / 2)]);
    const first = mustOpen();
    expect(first.setAside).toBeUndefined();
    first.database.close();
    opened.length = 0;
    doubtStore(path);
    const { database, setAside } = mustOpen();
    expect(setAside).toMatchObject({ name: expect.stringContaining('damaged') });
    expect(count(database, 'outbox')).toBeGreaterThan(8_900);
    database.close();
    opened.length = 0;
    expect(readdirSync(folder)).not.toContain('kiosk.db.doubt');
  });

  it('sets a store with overwritten pages aside and carries the other rows over', () => {
    makeFull(2_000);
    const pages = statSync(path).size / PAGE;
    const hit = [0.3, 0.5, 0.52, 0.9].map((part) => Math.floor(pages * part));
    overwrite(hit);
    const damagedBytes = readFileSync(path);
    const { database, setAside } = mustOpen();
    expect(setAside).toMatchObject({ name: 'kiosk.db.damaged-20261122T010203Z', incomplete: true });
    expect(readFileSync(join(folder, setAside?.name ?? '')).equals(damagedBytes)).toBe(true);
    // A page holds four outbox rows or a few dozen cases: at most so many rows are gone.
    expect(count(database, 'outbox')).toBeGreaterThan(2_000 - 4 * 5);
    expect(count(database, 'case_record')).toBeGreaterThan(2_000 - 4 * 60);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('carries everything over when only the first page is gone', () => {
    makeFull(200);
    overwrite([0]);
    const { database, setAside } = mustOpen();
    expect(setAside).toMatchObject({ carried: 400 });
    expect(count(database, 'outbox')).toBe(200);
  });

  it('carries over what is left of a store cut short', () => {
    makeFull(2_000);
    truncateSync(path, Math.floor(statSync(path).size / PAGE / 2) * PAGE);
    const { database, setAside } = mustOpen();
    expect(setAside?.incomplete).toBe(true);
    expect(count(database, 'outbox')).toBeGreaterThan(500);
  });

  it.each([
    ['something else', () => writeFileSync(path, 'not a database at all')],
    ['an empty file', () => writeFileSync(path, '')],
    ["another program's database", () => new Sqlite(path).exec('CREATE TABLE t (x)').close()],
  ])('keeps %s aside and starts anew', (_title, damage) => {
    damage();
    const bytes = readFileSync(path);
    const { database, setAside } = mustOpen();
    expect(setAside).toMatchObject({ carried: 0, incomplete: true });
    expect(readFileSync(join(folder, setAside?.name ?? '')).equals(bytes)).toBe(true);
    fill(database, 0, 1);
    expect(count(database, 'outbox')).toBe(1);
  });

  it('also reads what was committed to the write-ahead log of a damaged store', () => {
    makeFull(300);
    const { database } = mustOpen();
    database.pragma('wal_autocheckpoint = 0');
    fill(database, 300, 310);
    // Copies of the parts stand for a power cut: closing would fold the log into the file.
    const parts = ['', '-wal'].map((suffix) => [suffix, readFileSync(path + suffix)] as const);
    database.close();
    opened.length = 0;
    for (const [suffix, bytes] of parts) writeFileSync(path + suffix, bytes);
    overwrite([Math.floor(statSync(path).size / PAGE / 2)]);
    const next = mustOpen();
    expect(next.setAside?.name).toBeDefined();
    expect(existsSync(join(folder, `${next.setAside?.name}-wal`))).toBe(true);
    expect(next.database.prepare(`SELECT id FROM outbox WHERE id = 'case-309'`).get()).toEqual({ id: 'case-309' });
  });

  it('finishes a replacement that a power cut interrupted', () => {
    makeFull(3);
    writeFileSync(`${path}.next`, readFileSync(path));
    writeFileSync(path, 'damaged');
    writeFileSync(`${path}-wal`, 'log of the damaged one');
    const { database, setAside } = mustOpen();
    expect(setAside).toBeUndefined();
    expect(count(database, 'outbox')).toBe(3);
  });
});
