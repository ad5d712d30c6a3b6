import type { Database } from 'better-sqlite3';
import { Deliveries, type RowState } from './deliveries.ts';

type Step = 'case' | 'scan' | 'rating';

export interface OutboxRow {
  /** Also the idempotency key towards the platform and the seal's row id. */
  readonly id: string;
  readonly caseId: string;
  readonly step: Step;
  readonly attempts: number;
  readonly payload: Buffer | null;
}

export interface NewRow {
  readonly id: string;
  readonly caseId: string;
  readonly position: number;
  readonly step: Step;
  readonly createdAt: string;
  /** Milliseconds since 1970 */
  readonly firstAttemptAt: number;
  readonly payload: Uint8Array;
}

/** A rating comes after the case and all of its pages. */
export const RATING_POSITION = 1_000_000;

/**
 * A step may go when its case has arrived and no earlier step of the case still waits. A page that needs staff does not
 * hold up the others.
 */
const SENDABLE = `
  FROM outbox AS o
  WHERE o.state = 'waiting'
    AND (o.step = 'case' OR EXISTS (SELECT 1 FROM outbox AS c WHERE c.case_id = o.case_id AND c.step = 'case' AND c.state = 'done'))
    AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.case_id = o.case_id AND e.position < o.position AND e.state = 'waiting')`;

/** The records of cases on their way to the platform. They are never deleted: done ones lose their content, stuck ones wait for staff. */
export class Outbox extends Deliveries<OutboxRow> {
  readonly #database: Database;

  constructor(database: Database) {
    super(database, 'outbox');
    this.#database = database;
  }

  add(row: NewRow): void {
    this.#database
      .prepare<[NewRow]>(
        `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, payload)
         VALUES (@id, @caseId, @position, @step, 'waiting', @firstAttemptAt, @createdAt, @payload)`,
      )
      .run(row);
  }

  has(caseId: string, position: number): boolean {
    const row = this.#database.prepare('SELECT 1 FROM outbox WHERE case_id = ? AND position = ?').get(caseId, position);
    return row !== undefined;
  }

  /** The step to send now: longest due first, so that no record starves. */
  nextDue(now: number): OutboxRow | undefined {
    return this.#database
      .prepare<[number], OutboxRow>(
        `SELECT o.id, o.case_id AS caseId, o.step, o.attempts, o.payload ${SENDABLE} AND o.next_attempt_at <= ?
         ORDER BY o.next_attempt_at, o.created_at, o.position LIMIT 1`,
      )
      .get(now);
  }

  /** When the next step that may go is due. */
  nextAttemptAt(): number | undefined {
    const at = this.#database.prepare<[], number | null>(`SELECT min(o.next_attempt_at) ${SENDABLE}`).pluck().get();
    return at ?? undefined;
  }

  /** State of the case itself, without its pages and rating. */
  caseState(caseId: string): RowState | undefined {
    return this.#database
      .prepare<[string], RowState>(`SELECT state FROM outbox WHERE case_id = ? AND step = 'case'`)
      .pluck()
      .get(caseId);
  }

  isUnsent(id: string): boolean {
    return this.#database.prepare(`SELECT 1 FROM outbox WHERE id = ? AND state <> 'done'`).get(id) !== undefined;
  }
}
