import type { Database, Statement } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
import { CaseDeliveries, nextOfCase } from './case-deliveries.ts';
import type { NewRow } from './outbox.ts';

/**
 * How far the outbox's records of cases have come on their way to the case library, each under the rules of the way to the
 * platform: in the order of its case, a page that needs staff left out. The records themselves are the outbox's, and stay
 * there until both have them.
 */
export class LibraryDeliveries extends CaseDeliveries {
  readonly #database: Database;
  readonly #add: Statement<[NewRow]>;

  constructor(database: Database, audit: Audit) {
    super(database, audit, {
      table: 'library_delivery',
      index: 'library',
      // A version before this one may have let go of a record that only the platform has.
      row: `SELECT d.id, d.case_id AS caseId, d.step, d.attempts, d.created_at AS createdAt, d.upload, o.payload
        FROM library_delivery AS d LEFT JOIN outbox AS o ON o.id = d.id WHERE d.id = ?`,
      says: { done: 'record-copied', parked: 'copy-parked' },
    });
    this.#database = database;
    // What follows a case goes where that went: of one from before there was a library, nothing does.
    this.#add = database.prepare(
      `INSERT INTO library_delivery (id, case_id, position, step, state, next_attempt_at, turn, ready, created_at)
       SELECT @id, @caseId, @position, @step, 'waiting', @firstAttemptAt, @turn, 0, @createdAt
       WHERE @step = 'case' OR EXISTS (SELECT 1 FROM library_delivery WHERE case_id = @caseId AND step = 'case')
       ON CONFLICT DO NOTHING`,
    );
  }

  /** A record of the outbox is to go there as well: in the transaction that writes it. */
  add(row: NewRow): void {
    this.#add.run(row);
    this.lineUp(row.caseId);
  }

  /**
   * Takes up what is in the outbox and not on its way there: written before there was a library, or by a version that knows
   * of none. Of cases whose content is gone nothing is. To be called at the start, inside a transaction; `all` after rows
   * came over from a damaged store.
   */
  takeUp(which: 'newer' | 'all'): void {
    // Records are added to both together, so when the newest is here all since the last start are.
    const newest = this.#database
      .prepare<[], number>(
        `SELECT EXISTS (SELECT 1 FROM library_delivery WHERE id = (SELECT max(id) FROM outbox))
           OR NOT EXISTS (SELECT 1 FROM outbox)`,
      )
      .pluck();
    if (which === 'newer' && newest.get() === 1) return;
    this.#database.exec(
      `INSERT INTO library_delivery (id, case_id, position, step, state, next_attempt_at, turn, ready, created_at)
       SELECT id, case_id, position, step, 'waiting', next_attempt_at, turn, 0, created_at FROM outbox AS o
       WHERE payload IS NOT NULL AND turn IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM library_delivery WHERE id = o.id)
         AND (EXISTS (SELECT 1 FROM library_delivery WHERE case_id = o.case_id AND step = 'case')
           OR EXISTS (SELECT 1 FROM outbox AS c WHERE c.case_id = o.case_id AND c.step = 'case' AND c.payload IS NOT NULL));
       UPDATE library_delivery AS d SET ready = (id IS (${nextOfCase('library_delivery', 'd.case_id')})) WHERE state = 'waiting'`,
    );
  }
}
