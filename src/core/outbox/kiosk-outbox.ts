import type { Database } from 'better-sqlite3';
import { Deliveries } from './deliveries.ts';

type Step = 'self-test' | 'config-report' | 'queue-ticket';

export interface KioskOutboxRow {
  readonly id: string;
  readonly step: Step;
  readonly attempts: number;
  readonly createdAt: string;
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

const NOBODY: ReadonlySet<string> = new Set();

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

  nextDue(now: number, busy = NOBODY): KioskOutboxRow | undefined {
    const due = this.#database
      .prepare<[number], KioskOutboxRow>(
        `SELECT id, step, attempts, created_at AS createdAt, payload FROM kiosk_outbox
         WHERE state = 'waiting' AND next_attempt_at <= ? ORDER BY next_attempt_at, created_at`,
      )
      .iterate(now);
    for (const row of due) if (!busy.has(row.id)) return row;
    return undefined;
  }

  nextAttemptAt(after: number): number | undefined {
    const at = this.#database
      .prepare<[number], number | null>(
        `SELECT min(next_attempt_at) FROM kiosk_outbox WHERE state = 'waiting' AND next_attempt_at > ?`,
      )
      .pluck()
      .get(after);
    return at ?? undefined;
  }

  /** None waits for another. */
  laneOf({ id }: KioskOutboxRow): string {
    return id;
  }

  /** Records that arrived before then are of no more use. */
  forgetDone(before: string): void {
    this.#database.prepare<[string]>(`DELETE FROM kiosk_outbox WHERE state = 'done' AND done_at < ?`).run(before);
  }
}
