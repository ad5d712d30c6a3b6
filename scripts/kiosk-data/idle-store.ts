import { join } from 'node:path';

import Sqlite from 'better-sqlite3';
import type { Database } from 'better-sqlite3';

import { openStore } from '../../src/core/store/open-store.ts';
import { refused, type Result } from '../../src/domain/result.ts';
import { done } from '../../src/domain/result.ts';

/** Opens the store of a stopped kiosk and keeps the kiosk from starting meanwhile. */
export function openIdleStore(dataDir: string): Result<Database> {
  const opened = openStore({ path: join(dataDir, 'kiosk.db'), now: () => new Date() });
  if (!opened.ok) return refused(opened.reason, `${opened.reason}: ${opened.detail ?? ''}`);
  const { database } = opened.value;
  try {
    database.pragma('busy_timeout = 0');
    database.pragma('locking_mode = EXCLUSIVE');
    // The lock is taken with the first write.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return done(database);
  } catch (error) {
    database.close();
    if (!(error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    return refused('busy', 'The kiosk is running on this data folder: stop it first.');
  }
}
