import type { Database } from 'better-sqlite3';
import type { QueueTicketSubmission } from '../../contract/queue-records.ts';

/** The tickets that this kiosk gave. */
export class QueueTickets {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(ticket: QueueTicketSubmission): void {
    this.#database
      .prepare<[QueueTicketSubmission | { group: null }]>(
        `INSERT INTO queue_ticket (id, lease_id, kiosk_id, hall_code, day, queue, number, item_code, priority_group, taken_at, state)
         VALUES (@id, @lease, @kioskId, @hallCode, @day, @queue, @number, @itemCode, @group, @takenAt, @state)`,
      )
      .run({ ...ticket, group: ticket.group ?? null });
  }

  /** How many were given of a queue on a day. */
  count(day: string, queue: string): number {
    const count = this.#database
      .prepare<[string, string], number>('SELECT count(*) FROM queue_ticket WHERE day = ? AND queue = ?')
      .pluck();
    return count.get(day, queue) ?? 0;
  }

  /** The platform has it. */
  received(id: string, at: string): void {
    this.#database.prepare<[string, string]>('UPDATE queue_ticket SET received_at = ? WHERE id = ?').run(at, id);
  }

  /** Whether this kiosk gave it, as far back as it remembers. */
  has(id: string): boolean {
    return this.#database.prepare('SELECT 1 FROM queue_ticket WHERE id = ?').get(id) !== undefined;
  }

  /** Tickets that the platform does not have and that are not on their way there, as after a salvage. */
  stranded(): QueueTicketSubmission[] {
    return this.#database
      .prepare<[], Omit<QueueTicketSubmission, 'group'> & { group: QueueTicketSubmission['group'] | null }>(
        `SELECT id, lease_id AS lease, kiosk_id AS kioskId, hall_code AS hallCode, day, queue, number,
                item_code AS itemCode, priority_group AS "group", taken_at AS takenAt, state
         FROM queue_ticket WHERE received_at IS NULL AND id NOT IN (SELECT id FROM kiosk_outbox) ORDER BY rowid`,
      )
      .all()
      .map(({ group, ...ticket }) => ({ ...ticket, ...(group !== null && { group }) }));
  }

  /** Tickets of earlier days that the platform has. */
  forget(before: string): void {
    const old = 'SELECT id FROM queue_ticket WHERE day < ? AND received_at IS NOT NULL';
    this.#database.prepare<[string]>(`DELETE FROM ticket_print_job WHERE ticket_id IN (${old})`).run(before);
    this.#database.prepare<[string]>(`DELETE FROM queue_ticket WHERE id IN (${old})`).run(before);
  }
}
