import type { Database } from 'better-sqlite3';
import { casesAndOutbox } from './001-cases-and-outbox.ts';
import { selfTests } from './002-self-tests.ts';
import { staffAndDeviceEvents } from './003-staff-and-device-events.ts';
import { audit } from './004-audit.ts';
import { storeFormat } from './005-store-format.ts';
import { outboxLanes } from './006-outbox-lanes.ts';
import { downLink } from './007-down-link.ts';
import { queueTickets } from './008-queue-tickets.ts';
import { catalogue } from './009-catalogue.ts';
import { caseLibrary } from './010-case-library.ts';
import { handedOverTickets } from './011-handed-over-tickets.ts';
import { priorityAndEnquiries } from './012-priority-and-enquiries.ts';
import { supplements } from './013-supplements.ts';

export interface Migration {
  readonly sql: string;
  /**
   * Whether the version before may still open the store, so that an update can be rolled back: yes for what only adds tables,
   * indexes and columns. A change goes in two releases: the first adds the new form beside the old one, the next one, when
   * nobody needs the old form any more, removes that and says `changes` here.
   */
  readonly kind: 'adds' | 'changes';
}

/** In order; the number of a migration is its place, counted from 1, and is never changed once shipped. */
export const migrations: readonly Migration[] = [
  { sql: casesAndOutbox, kind: 'changes' },
  { sql: selfTests, kind: 'adds' },
  { sql: staffAndDeviceEvents, kind: 'adds' },
  { sql: audit, kind: 'adds' },
  // With it comes the second version of sealed values, which the versions before cannot open.
  { sql: storeFormat, kind: 'changes' },
  { sql: outboxLanes, kind: 'adds' },
  { sql: downLink, kind: 'adds' },
  { sql: queueTickets, kind: 'adds' },
  { sql: catalogue, kind: 'adds' },
  { sql: caseLibrary, kind: 'adds' },
  { sql: handedOverTickets, kind: 'adds' },
  { sql: priorityAndEnquiries, kind: 'adds' },
  { sql: supplements, kind: 'adds' },
];

export const latestVersion = migrations.length;

/** Brings the schema up to date, each step in a transaction of its own together with its version number. */
export function migrate(database: Database, to = latestVersion): void {
  let version = Number(database.pragma('user_version', { simple: true }));
  for (const { sql, kind } of migrations.slice(version, to)) {
    version += 1;
    database
      .transaction((next: number) => {
        database.exec(sql);
        if (kind === 'changes' && hasFormat(database))
          database.prepare<[number]>('UPDATE store_format SET min_reader_version = ?').run(next);
        database.pragma(`user_version = ${next}`);
      })
      .immediate(version);
  }
}

/** Whether this program can work with the store as it is or after migrating it. */
export function isReadable(database: Database): boolean {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version <= latestVersion) return true;
  if (!hasFormat(database)) return false;
  const least = database.prepare<[], number>('SELECT min_reader_version FROM store_format').pluck().get();
  return least !== undefined && least <= latestVersion;
}

function hasFormat(database: Database): boolean {
  return database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'store_format'`).get() !== undefined;
}
