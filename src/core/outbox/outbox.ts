import type { Database, Statement } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
import { CaseDeliveries } from './case-deliveries.ts';
import type { RowState } from './deliveries.ts';
import { healQueue } from './heal-queue.ts';
import type { LibraryDeliveries } from './library-deliveries.ts';

type Step = 'case' | 'scan' | 'rating';

export interface OutboxRow {
  /** Also the idempotency key towards the platform and the seal's row id. */
  readonly id: string;
  readonly caseId: string;
  readonly step: Step;
  readonly attempts: number;
  readonly createdAt: string;
  /** Address of an upload of the page that was begun. */
  readonly upload: string | null;
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
  /** Milliseconds since 1970 of the deadline, see {@link turnOf}. */
  readonly turn: number;
  readonly payload: Uint8Array;
}

/** What waits to be sent, counted in cases. */
export interface Backlog {
  readonly cases: number;
  /** Since when the oldest waits; ISO 8601 with offset. */
  readonly oldest: string | undefined;
}

/** A rating comes after the case and all of its pages. */
export const RATING_POSITION = 1_000_000;

/**
 * The records of cases on their way to the platform. Done ones keep their content for a time of grace, stuck ones wait for
 * staff.
 */
export class Outbox extends CaseDeliveries {
  readonly #database: Database;
  readonly #library: LibraryDeliveries | undefined;
  readonly #add: Statement<[NewRow], number>;
  readonly #addCase: Statement<[NewRow]>;

  /** @param library where every record goes beside the platform, if there is such a place */
  constructor(database: Database, audit: Audit, library?: LibraryDeliveries) {
    super(database, audit, {
      table: 'outbox',
      index: 'outbox',
      row: `SELECT id, case_id AS caseId, step, attempts, created_at AS createdAt, upload, payload FROM outbox WHERE id = ?`,
      says: { done: 'record-delivered', parked: 'record-parked' },
    });
    this.#database = database;
    this.#library = library;
    this.#add = database
      .prepare<[NewRow], number>(
        `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, turn, payload, ready)
         VALUES (@id, @caseId, @position, @step, 'waiting', @firstAttemptAt, @createdAt, @turn, @payload,
           EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND step = 'case' AND state = 'done')
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND position < @position AND state = 'waiting'))
         RETURNING ready`,
      )
      .pluck();
    this.#addCase = database.prepare(
      `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, turn, payload, ready)
       VALUES (@id, @caseId, @position, @step, 'waiting', @firstAttemptAt, @createdAt, @turn, @payload, 1)`,
    );
  }

  add(row: NewRow): void {
    // Nothing goes before the case itself, and nothing else of it was free to go without it.
    if (row.step === 'case') this.#addCase.run(row);
    else if (this.#add.get(row) === 1) this.demote(row.caseId, row.position);
    this.#library?.add(row);
  }

  has(caseId: string, position: number): boolean {
    const row = this.#database.prepare('SELECT 1 FROM outbox WHERE case_id = ? AND position = ?').get(caseId, position);
    return row !== undefined;
  }

  /** Rows were written past this class: by a version before this one (`stale`), or of any kind. Inside a transaction. */
  lookAnew(which: 'stale' | 'all'): void {
    healQueue(this.#database, which);
  }

  /** What was handed in as the case, sealed under its id; nothing once it was let go. */
  contentOf(caseId: string): Buffer | undefined {
    return (
      this.#database
        .prepare<[string], Buffer | null>(`SELECT payload FROM outbox WHERE case_id = ? AND step = 'case'`)
        .pluck()
        .get(caseId) ?? undefined
    );
  }

  /** State of the case itself, without its pages and rating. */
  caseState(caseId: string): RowState | undefined {
    return this.#database
      .prepare<[string], RowState>(`SELECT state FROM outbox WHERE case_id = ? AND step = 'case'`)
      .pluck()
      .get(caseId);
  }

  /**
   * Records whose content the platform has since before that time, oldest first, and the case library as well where it is to
   * have them.
   */
  erasable(doneBefore: string, most: number): { readonly id: string; readonly step: Step }[] {
    return this.#database
      .prepare<[{ before: string; most: number }], { id: string; step: Step }>(
        `SELECT id, step FROM outbox
         WHERE state = 'done' AND payload IS NOT NULL AND done_at < @before AND NOT EXISTS (
           SELECT 1 FROM library_delivery AS d
           WHERE d.id = outbox.id AND (d.state <> 'done' OR d.done_at >= @before))
         ORDER BY done_at LIMIT @most`,
      )
      .all({ before: doneBefore, most });
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
    if (!gone) return;
    // Of the case it stays: what follows later goes where that went.
    this.#database.prepare<[string]>(`DELETE FROM library_delivery WHERE id = ? AND step <> 'case'`).run(id);
    this.noteInAudit('record-erased', id, 'done');
  }

  /** Records that arrived at a time which is still to come arrived by a clock that ran ahead: they arrived now. */
  correctArrivals(now: string): void {
    for (const change of [
      `UPDATE outbox SET done_at = ? WHERE state = 'done' AND payload IS NOT NULL AND done_at > ?`,
      `UPDATE library_delivery SET done_at = ? WHERE state = 'done' AND done_at > ?`,
    ])
      this.#database.prepare<[string, string]>(change).run(now, now);
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
