import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Database, Options } from 'better-sqlite3';

/** How many rows came over, and whether some certainly did not. */
export interface SalvageReport {
  readonly carried: number;
  readonly incomplete: boolean;
}

/** By the migration that makes them: a file of an older version lacks the later ones and has lost nothing by that. */
const TABLES = [
  ['case_record', 'outbox', 'print_job', 'serial', 'wipe', 'notice'],
  ['self_test', 'kiosk_outbox'],
  ['staff_action', 'device_event', 'found_item'],
  ['audit'],
  // Of the file's own form.
  [],
  // Columns of the outbox.
  [],
  ['down_link', 'incoming_change', 'remote_config', 'handed_over', 'reconciliation'],
  // Not the leases: numbers given after what is readable of one are on paper already.
  ['queue_ticket', 'ticket_print_job'],
  // The catalogue is pulled anew.
  [],
  ['library_delivery'],
  ['handed_over_ticket'],
  ['enquiry_content'],
  ['supplement', 'supplement_page'],
] as const;
type Table = (typeof TABLES)[number][number];
type Row = Readonly<Record<string, unknown>> & { readonly salvageRowid: number };

/** Two rows never share fewer bytes than this: an upper bound for row ids when the end of a table cannot be read. */
const SMALLEST_ROW_BYTES = 64;
/** Row ids to skip after a damaged place: fewer than one page of any table holds, so that no sound page is jumped over. */
const STRIDE = 4;

/**
 * Copies every readable row of a damaged file into a fresh store. The damaged file is opened read-only. When its first page
 * (header and schema) is gone, a scratch copy gets the first page of the fresh store: the same migrations lay out the
 * same root pages.
 */
export function salvage(damagedPath: string, fresh: Database, freshPath: string, options: Options): SalvageReport {
  fresh.pragma('foreign_keys = OFF');
  // One transaction: a commit for each row would sync the disk for each row.
  const copy = fresh.transaction((path: string) => copyRows(path, fresh, options));
  let report = copy(damagedPath);
  if (!report) {
    const scratch = `${freshPath}.scratch`;
    try {
      if (transplantFirstPage(damagedPath, scratch, freshPath, fresh)) report = copy(scratch);
    } finally {
      for (const suffix of ['', '-wal', '-shm']) rmSync(scratch + suffix, { force: true });
    }
  }
  fresh.pragma('foreign_keys = ON');
  return report ?? { carried: 0, incomplete: true };
}

/** Nothing when not even the list of tables can be read. */
function copyRows(path: string, fresh: Database, options: Options): SalvageReport | undefined {
  let damaged: Database | undefined;
  try {
    damaged = new Sqlite(path, { ...options, readonly: true, fileMustExist: true });
    const found = damaged.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
    const source = damaged;
    const bound = Math.ceil(sizeOf(path) / SMALLEST_ROW_BYTES);
    const version = Number(damaged.pragma('user_version', { simple: true }));
    const tables = TABLES.slice(0, version).flat();
    const parts = tables
      .filter((table) => found.includes(table))
      .map((table) => copyTable(source, fresh, table, bound));
    if (parts.length === 0) return undefined;
    return {
      carried: parts.reduce((sum, part) => sum + part.carried, 0),
      incomplete: parts.length < tables.length || parts.some((part) => part.incomplete),
    };
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) return undefined;
    throw error;
  } finally {
    damaged?.close();
  }
}

function copyTable(damaged: Database, fresh: Database, table: Table, bound: number): SalvageReport {
  const columns = fresh.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  const insert = fresh.prepare<[Row]>(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  const blank = Object.fromEntries(columns.map((name) => [name, null]));
  // NOT INDEXED: the table's own pages may be sound where an index is not, and the other way round.
  const select = `SELECT rowid AS salvageRowid, * FROM ${table} NOT INDEXED`;
  let carried = 0;
  let incomplete = false;
  const take = (row: Row) => {
    try {
      carried += insert.run({ ...blank, ...row }).changes;
    } catch (error) {
      // The row breaks a rule of the table: its bytes are damage, not data.
      if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_CONSTRAINT')) throw error;
      incomplete = true;
    }
  };
  const walk = (order: 'ASC' | 'DESC'): number | undefined => {
    let last: number | undefined;
    try {
      for (const row of damaged.prepare<[], Row>(`${select} ORDER BY rowid ${order}`).iterate()) {
        take(row);
        last = row.salvageRowid;
      }
      return undefined;
    } catch (error) {
      if (!isDamage(error)) throw error;
      incomplete = true;
      return last ?? (order === 'ASC' ? 0 : bound);
    }
  };
  const brokenAfter = walk('ASC');
  if (brokenAfter === undefined) return { carried, incomplete };
  const brokenBefore = walk('DESC') ?? 0;
  const from = damaged.prepare<[number], Row>(`${select} WHERE rowid >= ? ORDER BY rowid LIMIT 1`);
  const find = (id: number): Row | undefined | 'damaged' => {
    try {
      return from.get(id);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return 'damaged';
    }
  };
  for (let id = brokenAfter + 1; id < brokenBefore;) {
    const row = find(id);
    if (row === undefined) break;
    if (row === 'damaged') {
      id += STRIDE;
      continue;
    }
    // The sound page may have begun inside the last stride.
    for (let back = id - 1; back > id - STRIDE; back -= 1) {
      const before = find(back);
      if (before === 'damaged' || before === undefined) break;
      take(before);
    }
    take(row);
    id = row.salvageRowid + 1;
  }
  return { carried, incomplete };
}

function transplantFirstPage(damagedPath: string, scratch: string, freshPath: string, fresh: Database): boolean {
  fresh.pragma('wal_checkpoint(TRUNCATE)');
  const pageBytes = Number(fresh.pragma('page_size', { simple: true }));
  const pages = Math.floor(sizeOf(damagedPath) / pageBytes);
  if (pages < 2) return false;
  copyFileSync(damagedPath, scratch);
  if (existsSync(`${damagedPath}-wal`)) copyFileSync(`${damagedPath}-wal`, `${scratch}-wal`);
  const page = Buffer.alloc(pageBytes);
  const from = openSync(freshPath, 'r');
  readSync(from, page, 0, pageBytes, 0);
  closeSync(from);
  // Database header (sqlite.org/fileformat2.html 1.3): size in pages at 28, valid when 92 repeats the change counter at 24.
  page.writeUInt32BE(pages, 28);
  page.copy(page, 92, 24, 28);
  const to = openSync(scratch, 'r+');
  writeSync(to, page, 0, pageBytes, 0);
  closeSync(to);
  return true;
}

function sizeOf(path: string): number {
  const wal = `${path}-wal`;
  return statSync(path).size + (existsSync(wal) ? statSync(wal).size : 0);
}

/** Codes with which SQLite says that what it read cannot be right or cannot be read. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Sqlite.SqliteError &&
    (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code) || /^SQLITE_IOERR_(READ|SHORT_READ|CORRUPTFS|DATA)$/.test(error.code))
  );
}
