import type { Database } from 'better-sqlite3';
import type { Result } from '../../domain/result.ts';
import { attemptWrite, type WriteFailure } from './write-failure.ts';

/** All or nothing, and on the disk itself when it answers `ok`. */
export type Transact = <T>(write: () => T) => Result<T, WriteFailure>;

/** `onOutcome` hears how each write went: the failure, or nothing. */
export function createTransact(database: Database, onOutcome?: (failure: WriteFailure | undefined) => void): Transact {
  // Made once: making one takes as long as some of the writes in it.
  const inTransaction = database.transaction(<T>(write: () => T): T => write());
  return <T>(write: () => T) => {
    const written = attemptWrite(() => inTransaction.immediate(write) as T);
    onOutcome?.(written.ok ? undefined : written.reason);
    return written;
  };
}
