import type { Database } from 'better-sqlite3';
import { RATING_LATER_MS } from './turn.ts';

/** Which step of a case goes next: the first that waits, if it is the case itself or that has arrived. */
const NEXT_OF_CASE = `
  SELECT n.id FROM outbox AS n
  WHERE n.case_id = outbox.case_id AND n.state = 'waiting'
    AND (n.step = 'case' OR EXISTS (SELECT 1 FROM outbox AS c WHERE c.case_id = n.case_id AND c.step = 'case' AND c.state = 'done'))
  ORDER BY n.position LIMIT 1`;

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
       ready = coalesce(id = (${NEXT_OF_CASE}), 0),
       turn = coalesce(turn, next_attempt_at + (step = 'rating') * ${RATING_LATER_MS})
     ${cases}`,
  );
}
