import Sqlite, { type Database } from 'better-sqlite3';
import { makeReceiptCode } from '../../../../src/core/identifiers.ts';
import { randomBytesInStock } from '../../../../src/core/random-bytes.ts';
import { openStore } from '../../../../src/core/store/open-store.ts';
import type { Contender } from './contender.ts';
import { writtenTables } from './core-intake.ts';

type Row = Readonly<Record<string, string | number | Buffer | null>>;

/** A kiosk has no more cases in a day. */
const MOST = 9_999;

/** Whose serial number is counted up with each case, as at core. */
const DAY = '2026-11-22';

/** A row of each table that core adds to, to be written again under other names. */
export type Rows = Readonly<Record<(typeof writtenTables)[number], Row>>;

export function readRows(database: Database): Rows {
  const newest = (table: string): Row => {
    const row = database.prepare<[], Row>(`SELECT * FROM ${table} ORDER BY rowid DESC LIMIT 1`).get();
    if (!row) throw new Error(`nothing was written to ${table}`);
    return row;
  };
  return { case_record: newest('case_record'), outbox: newest('outbox'), audit: newest('audit') };
}

/** Bytes of what a row holds. */
export function bytesOf(rows: Rows): number {
  const values = Object.values(rows).flatMap((row) => Object.values(row));
  return values.reduce<number>((sum, value) => sum + bytesOfValue(value), 0);
}

function bytesOfValue(value: Row[string] | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === 'number' ? 8 : Buffer.byteLength(value);
}

/** Ready-made rows into the same tables with the same settings: what SQLite and the disk take, without any work of core's. */
export function bareTables(path: string, rows: Rows): Contender {
  const opened = openStore({ path, now: () => new Date() });
  if (!opened.ok) throw new Error(opened.reason);
  const { database } = opened.value;
  const insert = (table: keyof Rows) => {
    const columns = Object.keys(rows[table]);
    return database.prepare<[Row]>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    );
  };
  const add = { record: insert('case_record'), delivery: insert('outbox'), audit: insert('audit') };
  // As at core nothing says where in its index a code comes, which decides how many pages of the file are written. Made
  // beforehand.
  const random = { fraction: Math.random, bytes: randomBytesInStock() };
  const receiptCodes = Array.from({ length: MOST }, () => makeReceiptCode(random));
  let last = 0;
  const serial = database.prepare<[string]>(
    'INSERT INTO serial (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1',
  );
  const write = database.transaction(() => {
    const receiptCode = receiptCodes[last];
    last += 1;
    serial.run(DAY);
    const ending = String(last).padStart(12, '0');
    const id = `019ab4c0-5a00-7000-8000-${ending}`;
    add.record.run({
      ...rows.case_record,
      id,
      provisional_number: `WL01-${ending}`,
      receipt_code: receiptCode ?? null,
    });
    add.delivery.run({ ...rows.outbox, id, case_id: id });
    add.audit.run({ ...rows.audit, sequence: last, target: id });
  });
  return {
    commit(count) {
      for (let done = 0; done < count; done += 1) write.immediate();
    },
    close: () => void database.close(),
  };
}

/** As many bytes in one row of one plain table with the same settings: the least that any of them could take. */
export function barePlainRow(path: string, bytes: number): Contender {
  const database = new Sqlite(path);
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) database.pragma(setting);
  database.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT');
  const insert = database.prepare<[Buffer]>('INSERT INTO record (content) VALUES (?)');
  const content = Buffer.alloc(bytes, 0x5a);
  return {
    commit(count) {
      for (let done = 0; done < count; done += 1) insert.run(content);
    },
    close: () => void database.close(),
  };
}
