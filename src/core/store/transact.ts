import type { Database } from 'better-sqlite3';
import type { Result } from '../../domain/result.ts';
import { attemptWrite, type WriteFailure } from './write-failure.ts';

/** All or nothing, and on the disk itself when it answers `ok`. */
export type Transact = <T>(write: () => T) => Result<T, WriteFailure>;

export function createTransact(database: Database): Transact {
  return (write) => attemptWrite(() => database.transaction(write).immediate());
}
