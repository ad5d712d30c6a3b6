import type { Database } from 'better-sqlite3';
import { kioskMigrations } from './schema/sqlite-kiosks.ts';
import { officeMigrations } from './schema/sqlite-offices.ts';

/** In order; the number of a migration is its place, counted from 1, and is never changed once shipped. */
const migrations = [...kioskMigrations, ...officeMigrations];

/** Brings the schema up to date, each step in a transaction of its own together with its version number. */
export function migrate(database: Database): void {
  const from = Number(database.pragma('user_version', { simple: true }));
  if (from > migrations.length)
    throw new Error(`the store has version ${from}, this program knows ${migrations.length}`);
  for (const [index, sql] of migrations.entries()) {
    if (index < from) continue;
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${index + 1}`);
      })
      .immediate();
  }
}
