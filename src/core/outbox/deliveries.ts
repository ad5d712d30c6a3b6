import type { Database } from 'better-sqlite3';

export type RowState = 'waiting' | 'done' | 'needs-staff';

/** A record that is to be sent. */
export interface DeliveryRow {
  /** Also the idempotency key towards the platform. */
  readonly id: string;
  readonly step: string;
  readonly attempts: number;
}

export interface DeliveryCounts {
  readonly waiting: number;
  readonly needsStaff: number;
}

/** What becomes of records on their way to the platform, whatever they are. */
export abstract class Deliveries<R extends DeliveryRow> {
  readonly #records: Database;
  readonly #table: string;

  constructor(database: Database, table: 'outbox' | 'kiosk_outbox') {
    this.#records = database;
    this.#table = table;
  }

  /** The record to send now: longest due first, so that none starves. */
  abstract nextDue(now: number): R | undefined;

  /** When the next record that may go is due. */
  abstract nextAttemptAt(): number | undefined;

  markDone(id: string, doneAt: string): void {
    this.#records
      .prepare<[string, string]>(
        `UPDATE ${this.#table} SET state = 'done', done_at = ?, payload = NULL, reason = NULL
         WHERE id = ? AND state = 'waiting'`,
      )
      .run(doneAt, id);
  }

  postpone(id: string, until: number, reason: string): void {
    this.#records
      .prepare<[number, string, string]>(
        `UPDATE ${this.#table} SET attempts = attempts + 1, next_attempt_at = ?, reason = ?
         WHERE id = ? AND state = 'waiting'`,
      )
      .run(until, reason, id);
  }

  /** Answers whether it was waiting. */
  park(id: string, reason: string): boolean {
    const { changes } = this.#records
      .prepare<[string, string]>(
        `UPDATE ${this.#table} SET state = 'needs-staff', attempts = attempts + 1, reason = ?
         WHERE id = ? AND state = 'waiting'`,
      )
      .run(reason, id);
    return changes > 0;
  }

  /** The platform is back: what waits for a later try may go by then. Never makes a record later than it was. */
  bringForward(until: number): void {
    this.#records
      .prepare<[number]>(`UPDATE ${this.#table} SET next_attempt_at = min(next_attempt_at, ?) WHERE state = 'waiting'`)
      .run(until);
  }

  counts(): DeliveryCounts {
    const count = this.#records
      .prepare<[RowState], number>(`SELECT count(*) FROM ${this.#table} WHERE state = ?`)
      .pluck();
    return { waiting: count.get('waiting') ?? 0, needsStaff: count.get('needs-staff') ?? 0 };
  }
}
