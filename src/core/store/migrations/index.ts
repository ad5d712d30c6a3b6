import type { Database } from 'better-sqlite3';
import { casesAndOutbox } from './001-cases-and-outbox.ts';
import { selfTests } from './002-self-tests.ts';
import { staffAndDeviceEvents } from './003-staff-and-device-events.ts';

/** In order; the number of a migration is its place, counted from 1, and is never changed once shipped. */
const migrations: readonly string[] = [casesAndOutbox, selfTests, staffAndDeviceEvents];

export const latestVersion = migrations.length;

/** Brings the schema up to date, each step in a transaction of its own together with its version number. */
export function migrate(database: Database): void {
  let version = Number(database.pragma('user_version', { simple: true }));
  for (const sql of migrations.slice(version)) {
    version += 1;
    database
      .transaction((next: number) => {
        database.exec(sql);
        database.pragma(`user_version = ${next}`);
      })
      .immediate(version);
  }
}
