import type { Database } from 'better-sqlite3';
import { Deliveries } from './deliveries.ts';

type Step = 'self-test' | 'config-report' | 'queue-ticket' | 'device-event' | 'enquiry' | 'guide-rating' | 'supplement';

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

/** Events of devices go in their order; nothing else of the kiosk's own waits for another. */
const MAY_GO = `state = 'waiting' AND (step <> 'device-event' OR rowid = (
  SELECT min(rowid) FROM kiosk_outbox WHERE state = 'waiting' AND step = 'device-event'))`;

/** The kiosk's own records on their way to the platform. Nothing in them is about a person: of enquiries and supplements it has the id alone. */
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
         WHERE ${MAY_GO} AND next_attempt_at <= ? ORDER BY next_attempt_at, created_at`,
      )
      .iterate(now);
    for (const row of due) if (!busy.has(this.laneOf(row))) return row;
    return undefined;
  }

  nextAttemptAt(after: number): number | undefined {
    const at = this.#database
      .prepare<[number], number | null>(
        `SELECT min(next_attempt_at) FROM kiosk_outbox WHERE ${MAY_GO} AND next_attempt_at > ?`,
      )
      .pluck()
      .get(after);
    return at ?? undefined;
  }

  laneOf({ id, step }: KioskOutboxRow): string {
    return step === 'device-event' ? step : id;
  }

  /** Events of devices that a version before this one gave up as no record that it knows, unless it sent them its own way. */
  giveAnew(): void {
    const given = `step = 'device-event' AND state = 'needs-staff' AND reason = 'content-broken'`;
    const stateOf = '(SELECT e.state FROM device_event AS e WHERE e.id = kiosk_outbox.id)';
    this.#database.exec(
      `DELETE FROM kiosk_outbox WHERE ${given} AND ${stateOf} = 'done';
       UPDATE kiosk_outbox SET state = 'waiting', attempts = 0, reason = NULL WHERE ${given} AND ${stateOf} = 'waiting'`,
    );
  }

  override markDone(id: string, doneAt: string): void {
    this.#database
      .prepare<[string, string]>(
        `UPDATE kiosk_outbox SET state = 'done', done_at = ?, payload = NULL, reason = NULL
         WHERE id = ? AND state = 'waiting'`,
      )
      .run(doneAt, id);
  }

  /** Records that arrived before then are of no more use. */
  forgetDone(before: string): void {
    this.#database.prepare<[string]>(`DELETE FROM kiosk_outbox WHERE state = 'done' AND done_at < ?`).run(before);
  }
}
