import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from './migrations.ts';

/** Opens `platform.sqlite` in the folder, which is made when missing; undefined: a store in memory. */
export function openDatabase(dataDir: string | undefined): Database.Database {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const database = new Database(dataDir === undefined ? ':memory:' : join(dataDir, 'platform.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  const health: unknown = database.pragma('quick_check', { simple: true });
  if (health !== 'ok') throw new Error(`the platform's store is damaged: ${String(health)}`);
  migrate(database);
  return database;
}
