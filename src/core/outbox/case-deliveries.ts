import type { Database, Statement } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
import type { AuditWhat } from '../audit/chain.ts';
import { Deliveries, type Order } from './deliveries.ts';
import type { Backlog, OutboxRow } from './outbox.ts';

/** Who delivers, in the audit. */
const SENDER = 'process:core';

const NOBODY: ReadonlySet<string> = new Set();

type Found = { readonly id: string; readonly caseId: string };

/** One of the ways that the records of cases go. */
export interface Way {
  /** Has `case_id`, `position`, `step` and `ready` beside what every delivery has. */
  readonly table: 'outbox' | 'library_delivery';
  /** What the names of its indexes begin with. */
  readonly index: 'outbox' | 'library';
  /** Gives an {@link OutboxRow} by its id. */
  readonly row: string;
  /** What the audit says of a record that arrived, and of one that needs staff. */
  readonly says: { readonly done: AuditWhat; readonly parked: AuditWhat };
}

/**
 * SQL for the id of the record that goes next in a case: the first that waits, if it is the case itself or that has arrived.
 *
 * @param caseId SQL for the id of the case
 */
export function nextOfCase(table: Way['table'], caseId: string): string {
  return `
    SELECT n.id FROM ${table} AS n
    WHERE n.case_id = ${caseId} AND n.state = 'waiting'
      AND (n.step = 'case' OR EXISTS (
        SELECT 1 FROM ${table} AS c WHERE c.case_id = ${caseId} AND c.step = 'case' AND c.state = 'done'))
    ORDER BY n.position LIMIT 1`;
}

/**
 * The records of cases on one of their ways. A step may go when its case has arrived and no earlier step of the case still
 * waits. A page that needs staff does not hold up the others. Which rows may go is written down with each change, since nobody
 * could ask a hundred thousand rows for it. What becomes of each is audited with it.
 */
export abstract class CaseDeliveries extends Deliveries<OutboxRow> {
  readonly #audit: Audit;
  readonly #says: Way['says'];
  readonly #demote: Statement<[string, number]>;
  readonly #promote: Statement<[{ readonly caseId: string }]>;
  readonly #done: Statement<[string, string], string>;
  readonly #park: Statement<[string, string], string>;
  readonly #due: Readonly<Record<Order, Statement<[number], Found>>>;
  readonly #row: Statement<[string], OutboxRow>;
  readonly #after: Statement<[number], number | null>;
  readonly #waitingCases: Statement<[], number>;
  readonly #oldestCase: Statement<[], string>;
  readonly #keepUpload: Statement<[string, string]>;

  constructor(database: Database, audit: Audit, { table, index, row, says }: Way) {
    super(database, table);
    this.#audit = audit;
    this.#says = says;
    this.#demote = database.prepare(`UPDATE ${table} SET ready = 0 WHERE case_id = ? AND position > ? AND ready = 1`);
    this.#promote = database.prepare(`UPDATE ${table} SET ready = 1 WHERE id = (${nextOfCase(table, '@caseId')})`);
    // One statement each: a row is written anew as a whole, with its content.
    const end = (change: string) =>
      database
        .prepare<[string, string], string>(
          `UPDATE ${table} SET ${change}, ready = 0 WHERE id = ? AND state = 'waiting' RETURNING case_id`,
        )
        .pluck();
    this.#done = end(`state = 'done', done_at = ?, reason = NULL, upload = NULL`);
    this.#park = end(`state = 'needs-staff', attempts = attempts + 1, reason = ?`);
    const due = (which: string, order: string) =>
      database.prepare<[number], Found>(
        `SELECT id, case_id AS caseId FROM ${table} INDEXED BY ${index}_${which}
         WHERE ready = 1 AND next_attempt_at <= ? ORDER BY ${order}`,
      );
    this.#due = {
      deadline: due('turn', 'turn, created_at'),
      'longest-due': due('ready', 'next_attempt_at, created_at'),
    };
    this.#row = database.prepare(row);
    this.#after = database
      .prepare<[number], number | null>(
        `SELECT min(next_attempt_at) FROM ${table} INDEXED BY ${index}_ready WHERE ready = 1 AND next_attempt_at > ?`,
      )
      .pluck();
    const waitingCases = `FROM ${table} INDEXED BY ${index}_cases WHERE state = 'waiting' AND step = 'case'`;
    this.#waitingCases = database.prepare<[], number>(`SELECT count(*) ${waitingCases}`).pluck();
    this.#oldestCase = database
      .prepare<[], string>(`SELECT created_at ${waitingCases} ORDER BY created_at LIMIT 1`)
      .pluck();
    this.#keepUpload = database.prepare(`UPDATE ${table} SET upload = ? WHERE id = ? AND state = 'waiting'`);
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
    this.#keepUpload.run(url, id);
  }

  override markDone(id: string, doneAt: string): void {
    const caseId = this.#done.get(doneAt, id);
    if (caseId === undefined) return;
    this.#promote.run({ caseId });
    this.noteInAudit(this.#says.done, id, 'done');
  }

  override park(id: string, reason: string): boolean {
    const caseId = this.#park.get(reason, id);
    if (caseId === undefined) return false;
    this.#promote.run({ caseId });
    this.noteInAudit(this.#says.parked, id, reason);
    return true;
  }

  override sendAgain(id: string, now: number): boolean {
    if (!super.sendAgain(id, now)) return false;
    const row = this.#row.get(id);
    if (row) this.lineUp(row.caseId);
    return true;
  }

  /** A record of the case waits that did not: it may come before what could go without it, and itself after one that waits. */
  protected lineUp(caseId: string): void {
    this.demote(caseId, -1);
    this.#promote.run({ caseId });
  }

  /** What is behind that position in its case may not go. */
  protected demote(caseId: string, position: number): void {
    this.#demote.run(caseId, position);
  }

  protected noteInAudit(what: AuditWhat, id: string, outcome: string): void {
    this.#audit.append({ who: SENDER, what, target: id, outcome });
  }
}
