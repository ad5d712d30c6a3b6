import type { Database } from 'better-sqlite3';
import { nextOfCase } from './case-deliveries.ts';
import { RATING_LATER_MS } from './turn.ts';

const STALE = `SELECT case_id FROM outbox INDEXED BY outbox_stale WHERE ready IS NULL OR (ready = 1 AND state <> 'waiting')`;

/**
 * Writes down anew which records may go: of the cases that a version before this one left traces on, which costs nothing
 * when there are none, or of all.
 */
export function healQueue(database: Database, which: 'stale' | 'all'): void {
  const cases = which === 'all' ? '' : `WHERE case_id IN (${STALE})`;
  if (which === 'stale' && database.prepare(`${STALE} LIMIT 1`).get() === undefined) return;
  database.exec(
    `UPDATE outbox SET
       ready = coalesce(id = (${nextOfCase('outbox', 'outbox.case_id')}), 0),
       turn = coalesce(turn, next_attempt_at + (step = 'rating') * ${RATING_LATER_MS})
     ${cases}`,
  );
}
