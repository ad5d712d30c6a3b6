import type { Database, Statement } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
import { Deliveries, type Order, type RowState } from './deliveries.ts';
import { healQueue } from './heal-queue.ts';

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

/** Who delivers, in the audit. */
const SENDER = 'process:core';

/** A rating comes after the case and all of its pages. */
export const RATING_POSITION = 1_000_000;

const NOBODY: ReadonlySet<string> = new Set();

type Found = { readonly id: string; readonly caseId: string };

/**
 * The records of cases on their way to the platform. Done ones keep their content for a time of grace, stuck ones wait for staff. What
 * becomes of each is audited with it.
 *
 * A step may go when its case has arrived and no earlier step of the case still waits. A page that needs staff does not
 * hold up the others. Which rows may go is written down with each change, since nobody could ask a hundred thousand rows
 * for it.
 */
export class Outbox extends Deliveries<OutboxRow> {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #add: Statement<[NewRow], number>;
  readonly #demote: Statement<[string, number]>;
  readonly #promote: Statement<[{ readonly caseId: string }]>;
  readonly #done: Statement<[string, string], string>;
  readonly #park: Statement<[string, string], string>;
  readonly #due: Readonly<Record<Order, Statement<[number], Found>>>;
  readonly #row: Statement<[string], OutboxRow>;
  readonly #after: Statement<[number], number | null>;
  readonly #waitingCases: Statement<[], number>;
  readonly #oldestCase: Statement<[], string>;

  constructor(database: Database, audit: Audit) {
    super(database, 'outbox');
    this.#database = database;
    this.#audit = audit;
    this.#add = database
      .prepare<[NewRow], number>(
        `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, turn, payload, ready)
         VALUES (@id, @caseId, @position, @step, 'waiting', @firstAttemptAt, @createdAt, @turn, @payload,
           @step = 'case' OR (
             EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND step = 'case' AND state = 'done')
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND position < @position AND state = 'waiting')))
         RETURNING ready`,
      )
      .pluck();
    this.#demote = database.prepare('UPDATE outbox SET ready = 0 WHERE case_id = ? AND position > ? AND ready = 1');
    this.#promote = database.prepare(
      `UPDATE outbox SET ready = 1
       WHERE EXISTS (SELECT 1 FROM outbox WHERE case_id = @caseId AND step = 'case' AND state = 'done')
         AND id = (SELECT id FROM outbox WHERE case_id = @caseId AND state = 'waiting' ORDER BY position LIMIT 1)`,
    );
    // One statement each: a row is written anew as a whole, with its content.
    const end = (change: string) =>
      database
        .prepare<[string, string], string>(
          `UPDATE outbox SET ${change}, ready = 0 WHERE id = ? AND state = 'waiting' RETURNING case_id`,
        )
        .pluck();
    this.#done = end(`state = 'done', done_at = ?, reason = NULL, upload = NULL`);
    this.#park = end(`state = 'needs-staff', attempts = attempts + 1, reason = ?`);
    const due = (index: string, order: string) =>
      database.prepare<[number], Found>(
        `SELECT id, case_id AS caseId FROM outbox INDEXED BY ${index}
         WHERE ready = 1 AND next_attempt_at <= ? ORDER BY ${order}`,
      );
    this.#due = {
      deadline: due('outbox_turn', 'turn, created_at'),
      'longest-due': due('outbox_ready', 'next_attempt_at, created_at'),
    };
    this.#row = database.prepare(
      `SELECT id, case_id AS caseId, step, attempts, created_at AS createdAt, upload, payload FROM outbox WHERE id = ?`,
    );
    this.#after = database
      .prepare<[number], number | null>(
        'SELECT min(next_attempt_at) FROM outbox INDEXED BY outbox_ready WHERE ready = 1 AND next_attempt_at > ?',
      )
      .pluck();
    const waitingCases = `FROM outbox INDEXED BY outbox_cases WHERE state = 'waiting' AND step = 'case'`;
    this.#waitingCases = database.prepare<[], number>(`SELECT count(*) ${waitingCases}`).pluck();
    this.#oldestCase = database
      .prepare<[], string>(`SELECT created_at ${waitingCases} ORDER BY created_at LIMIT 1`)
      .pluck();
  }

  add(row: NewRow): void {
    if (this.#add.get(row) === 1) this.#demote.run(row.caseId, row.position);
  }

  has(caseId: string, position: number): boolean {
    const row = this.#database.prepare('SELECT 1 FROM outbox WHERE case_id = ? AND position = ?').get(caseId, position);
    return row !== undefined;
  }

  nextDue(now: number, busy = NOBODY, order: Order = 'deadline'): OutboxRow | undefined {
    let found: string | undefined;
    for (const { id, caseId } of this.#due[order].iterate(now)) {
      if (busy.has(caseId)) continue;
      found = id;
      break;
    }
    return found === undefined ? undefined : this.#row.get(found);
  }

  nextAttemptAt(after: number): number | undefined {
    return this.#after.get(after) ?? undefined;
  }

  laneOf({ caseId }: OutboxRow): string {
    return caseId;
  }

  backlog(): Backlog {
    return { cases: this.#waitingCases.get() ?? 0, oldest: this.#oldestCase.get() };
  }

  /** An upload of the page was begun there. */
  keepUpload(id: string, url: string): void {
    this.#database
      .prepare<[string, string]>(`UPDATE outbox SET upload = ? WHERE id = ? AND state = 'waiting'`)
      .run(url, id);
  }

  /** The content stays for now: see {@link erasable}. */
  override markDone(id: string, doneAt: string): void {
    const caseId = this.#done.get(doneAt, id);
    if (caseId === undefined) return;
    this.#promote.run({ caseId });
    this.#audit.append({ who: SENDER, what: 'record-delivered', target: id, outcome: 'done' });
  }

  override park(id: string, reason: string): boolean {
    const caseId = this.#park.get(reason, id);
    if (caseId === undefined) return false;
    this.#promote.run({ caseId });
    this.#audit.append({ who: SENDER, what: 'record-parked', target: id, outcome: reason });
    return true;
  }

  /** Rows were written past this class: by a version before this one (`stale`), or of any kind. Inside a transaction. */
  lookAnew(which: 'stale' | 'all'): void {
    healQueue(this.#database, which);
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
    this.#database
      .prepare<[string, string]>(
        `UPDATE outbox SET done_at = ? WHERE state = 'done' AND payload IS NOT NULL AND done_at > ?`,
      )
      .run(now, now);
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
