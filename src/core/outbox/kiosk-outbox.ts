import type { Database } from 'better-sqlite3';
import { Deliveries } from './deliveries.ts';

type Step = 'self-test' | 'queue-ticket';

export interface KioskOutboxRow {
  readonly id: string;
  readonly step: Step;
  readonly attempts: number;
  /** JSON; null only in a row that was damaged. */
  readonly payload: string | null;
}

export interface NewKioskRow {
  readonly id: string;
  readonly step: Step;
  readonly createdAt: string;
  /** Milliseconds since 1970 */
  readonly firstAttemptAt: number;
  readonly payload: string;
}

/** The kiosk's own records on their way to the platform. Nothing in them is about a person. */
export class KioskOutbox extends Deliveries<KioskOutboxRow> {
  readonly #database: Database;

  constructor(database: Database) {
    super(database, 'kiosk_outbox');
    this.#database = database;
  }

  add(row: NewKioskRow): void {
    this.#database
      .prepare<[NewKioskRow]>(
        `INSERT INTO kiosk_outbox (id, step, state, next_attempt_at, created_at, payload)
         VALUES (@id, @step, 'waiting', @firstAttemptAt, @createdAt, @payload)`,
      )
      .run(row);
  }

  nextDue(now: number): KioskOutboxRow | undefined {
    return this.#database
      .prepare<[number], KioskOutboxRow>(
        `SELECT id, step, attempts, payload FROM kiosk_outbox
         WHERE state = 'waiting' AND next_attempt_at <= ? ORDER BY next_attempt_at, created_at LIMIT 1`,
      )
      .get(now);
  }

  nextAttemptAt(): number | undefined {
    const at = this.#database
      .prepare<[], number | null>(`SELECT min(next_attempt_at) FROM kiosk_outbox WHERE state = 'waiting'`)
      .pluck()
      .get();
    return at ?? undefined;
  }

  /** Records that arrived before then are of no more use. */
  forgetDone(before: string): void {
    this.#database.prepare<[string]>(`DELETE FROM kiosk_outbox WHERE state = 'done' AND done_at < ?`).run(before);
  }
}
