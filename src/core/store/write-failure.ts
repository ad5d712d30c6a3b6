import Sqlite from 'better-sqlite3';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';

export type WriteFailure = 'disk-full' | 'read-only' | 'input-output';

const fileCodes: Readonly<Record<string, WriteFailure>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'input-output',
  // The folder is not where it was, or is no folder.
  ENOENT: 'input-output',
  ENOTDIR: 'input-output',
  EEXIST: 'input-output',
};

/** What the disk said, or nothing when the error is not the disk's (a bug then). */
export function writeFailure(error: unknown): WriteFailure | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (!(error instanceof Sqlite.SqliteError)) return fileCodes[error.code];
  if (error.code === 'SQLITE_FULL') return 'disk-full';
  if (error.code.startsWith('SQLITE_READONLY') || error.code === 'SQLITE_PERM') return 'read-only';
  if (error.code.startsWith('SQLITE_IOERR') || error.code.startsWith('SQLITE_CANTOPEN')) return 'input-output';
  return undefined;
}

/** Runs a write; failures of the disk become results, bugs are thrown on. */
export function attemptWrite<T>(write: () => T): Result<T, WriteFailure> {
  try {
    return done(write());
  } catch (error) {
    const failure = writeFailure(error);
    if (failure === undefined) throw error;
    return refused(failure, error instanceof Error ? error.message : undefined);
  }
}
