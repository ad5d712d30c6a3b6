import type { Database } from 'better-sqlite3';
import { CHAIN_START, hashRow, type AuditRow } from './chain.ts';

export type ChainVerdict =
  | { readonly whole: true; readonly rows: number; readonly head: string }
  /** `sequence`: the first row that does not follow from the one before, or the first that is missing. */
  | { readonly whole: false; readonly sequence: number; readonly reason: 'missing' | 'changed' | 'not-the-noted-one' };

/** A row that somebody noted down earlier: number and hash in hex. */
export interface NotedRow {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Walks the whole chain. With a row noted down earlier, also finds a chain that was made anew from some row on, or cut
 * short, which is whole in itself.
 */
export function verifyChain(database: Database, noted?: NotedRow): ChainVerdict {
  let before = CHAIN_START;
  let rows = 0;
  const all = database.prepare<[], AuditRow & { readonly hash: Buffer }>(
    'SELECT sequence, at, who, what, target, outcome, hash FROM audit ORDER BY sequence',
  );
  for (const row of all.iterate()) {
    rows += 1;
    if (row.sequence !== rows) return { whole: false, sequence: rows, reason: 'missing' };
    if (!hashRow(before, row).equals(row.hash)) return { whole: false, sequence: rows, reason: 'changed' };
    if (noted?.sequence === rows && row.hash.toString('hex') !== noted.hash)
      return { whole: false, sequence: rows, reason: 'not-the-noted-one' };
    before = row.hash;
  }
  if (noted && noted.sequence > rows) return { whole: false, sequence: rows + 1, reason: 'missing' };
  return { whole: true, rows, head: Buffer.from(before).toString('hex') };
}
