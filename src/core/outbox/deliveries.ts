import type { Database, Statement } from 'better-sqlite3';

export type RowState = 'waiting' | 'done' | 'needs-staff';

/** A record that is to be sent. */
export interface DeliveryRow {
  /** Also the idempotency key towards the platform. */
  readonly id: string;
  readonly step: string;
  readonly attempts: number;
  /** ISO 8601 with offset */
  readonly createdAt: string;
}

export interface DeliveryCounts {
  readonly waiting: number;
  readonly needsStaff: number;
}

/** Which of the records that are due goes first: the nearest deadline, or the one that has been due for longest. */
export type Order = 'deadline' | 'longest-due';

type Statements = Readonly<Record<'waiting' | 'needsStaff', Statement<[], number>>> & {
  readonly postpone: Statement<[number, number, string, string]>;
  readonly park: Statement<[string, string]>;
  readonly forward: Statement<[number, number]>;
  readonly again: Statement<[number, string]>;
};

/** What becomes of records on their way to the platform, whatever they are. */
export abstract class Deliveries<R extends DeliveryRow> {
  readonly #statements: Statements;

  constructor(database: Database, table: 'outbox' | 'kiosk_outbox' | 'library_delivery') {
    const waiting = `WHERE id = ? AND state = 'waiting'`;
    const count = (state: RowState) =>
      database.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE state = '${state}'`).pluck();
    this.#statements = {
      waiting: count('waiting'),
      needsStaff: count('needs-staff'),
      postpone: database.prepare(
        `UPDATE ${table} SET attempts = max(attempts, min(attempts + 1, ?)), next_attempt_at = ?, reason = ? ${waiting}`,
      ),
      park: database.prepare(
        `UPDATE ${table} SET state = 'needs-staff', attempts = attempts + 1, reason = ? ${waiting}`,
      ),
      again: database.prepare(
        `UPDATE ${table} SET state = 'waiting', attempts = 0, next_attempt_at = ?, reason = NULL
         WHERE id = ? AND state = 'needs-staff'`,
      ),
      forward: database.prepare(
        `UPDATE ${table} SET next_attempt_at = ? WHERE state = 'waiting' AND next_attempt_at > ?`,
      ),
    };
  }

  /** The record to send now, of a lane that is not busy. */
  abstract nextDue(now: number, busy?: ReadonlySet<string>, order?: Order): R | undefined;

  /** When the next record that may go is due, of those that are due later than that. */
  abstract nextAttemptAt(after: number): number | undefined;

  /** Records of one lane go one after the other. */
  abstract laneOf(row: R): string;

  abstract markDone(id: string, doneAt: string): void;

  /** @param mostTries so many tries at the most are counted when this was one that no record is to blame for */
  postpone(id: string, until: number, reason: string, mostTries = Number.MAX_SAFE_INTEGER): void {
    this.#statements.postpone.run(mostTries, until, reason, id);
  }

  /** Answers whether it was waiting. */
  park(id: string, reason: string): boolean {
    return this.#statements.park.run(reason, id).changes > 0;
  }

  /** Staff want one that was parked to be tried anew. Answers whether it was parked. */
  sendAgain(id: string, now: number): boolean {
    return this.#statements.again.run(now, id).changes > 0;
  }

  /** The platform is back: what waits for a later try may go by then. Never makes a record later than it was. */
  bringForward(until: number): void {
    this.#statements.forward.run(until, until);
  }

  counts(): DeliveryCounts {
    return { waiting: this.#statements.waiting.get() ?? 0, needsStaff: this.#statements.needsStaff.get() ?? 0 };
  }
}
