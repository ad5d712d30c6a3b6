import type { Database } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
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

/** Who delivers, in the audit. */
const SENDER = 'process:core';

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

/**
 * The records of cases on their way to the platform. Done ones keep their content for a time of grace, stuck ones wait for staff. What
 * becomes of each is audited with it.
 */
export class Outbox extends Deliveries<OutboxRow> {
  readonly #database: Database;
  readonly #audit: Audit;

  constructor(database: Database, audit: Audit) {
    super(database, 'outbox');
    this.#database = database;
    this.#audit = audit;
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

  /** The content stays for now: see {@link erasable}. */
  override markDone(id: string, doneAt: string): void {
    const { changes } = this.#database
      .prepare<[string, string]>(
        `UPDATE outbox SET state = 'done', done_at = ?, reason = NULL WHERE id = ? AND state = 'waiting'`,
      )
      .run(doneAt, id);
    if (changes > 0) this.#audit.append({ who: SENDER, what: 'record-delivered', target: id, outcome: 'done' });
  }

  override park(id: string, reason: string): boolean {
    const parked = super.park(id, reason);
    if (parked) this.#audit.append({ who: SENDER, what: 'record-parked', target: id, outcome: reason });
    return parked;
  }

  /** State of the case itself, without its pages and rating. */
  caseState(caseId: string): RowState | undefined {
    return this.#database
      .prepare<[string], RowState>(`SELECT state FROM outbox WHERE case_id = ? AND step = 'case'`)
      .pluck()
      .get(caseId);
  }

  /** Records whose content the platform has since before that time, oldest first. */
  erasable(doneBefore: string, most: number): { readonly id: string; readonly step: Step }[] {
    return this.#database
      .prepare<[string, number], { id: string; step: Step }>(
        `SELECT id, step FROM outbox
         WHERE state = 'done' AND payload IS NOT NULL AND done_at < ? ORDER BY done_at LIMIT ?`,
      )
      .all(doneBefore, most);
  }

  /**
   * Lets the content of a record go, and with it the key that is wrapped there; call when its page is gone. Of a case the
   * row stays, since its number is still asked for.
   */
  erase(id: string): void {
    const gone = [
      `DELETE FROM outbox WHERE id = ? AND state = 'done' AND step <> 'case'`,
      `UPDATE outbox SET payload = NULL WHERE id = ? AND state = 'done' AND payload IS NOT NULL`,
    ].some((change) => this.#database.prepare<[string]>(change).run(id).changes > 0);
    if (gone) this.#audit.append({ who: SENDER, what: 'record-erased', target: id, outcome: 'done' });
  }

  /** Records that arrived at a time which is still to come arrived by a clock that ran ahead: they arrived now. */
  correctArrivals(now: string): void {
    this.#database.prepare<[string, string]>(`UPDATE outbox SET done_at = ? WHERE done_at > ?`).run(now, now);
  }

  /** Pages that have a file. */
  pageIds(): IterableIterator<string> {
    return this.#database
      .prepare<[], string>(`SELECT id FROM outbox WHERE step = 'scan' AND payload IS NOT NULL`)
      .pluck()
      .iterate();
  }

  isUnsent(id: string): boolean {
    return this.#database.prepare(`SELECT 1 FROM outbox WHERE id = ? AND state <> 'done'`).get(id) !== undefined;
  }
}
