import type { Database } from 'better-sqlite3';
import type { QueueLease, QueueLeaseRequest } from '../../contract/queue-records.ts';

/** One queue of one hall on one day, and the kiosk whose numbers they are. */
export type QueuePlace = Pick<QueueLeaseRequest, 'kioskId' | 'hallCode' | 'day' | 'queue'>;

interface NextNumber {
  readonly leaseId: string;
  readonly number: number;
}

const AT_PLACE = 'kiosk_id = @kioskId AND hall_code = @hallCode AND day = @day AND queue = @queue';

/**
 * The numbers that this kiosk may give. Each change is part of a transaction of the caller; a number is only given once that
 * is on the disk.
 */
export class QueueLeases {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Wants a lease: from now on it is asked for under the id of the request, until it is granted or dropped. */
  ask(request: QueueLeaseRequest): void {
    this.#database
      .prepare<[QueueLeaseRequest]>(
        `INSERT INTO queue_lease (id, hall_code, kiosk_id, day, queue, count)
         VALUES (@id, @hallCode, @kioskId, @day, @queue, @count)`,
      )
      .run(request);
  }

  /** What the platform has not answered, from that day on, oldest first. */
  asked(fromDay: string): QueueLeaseRequest[] {
    return this.#database
      .prepare<[string], QueueLeaseRequest>(
        `SELECT id, kiosk_id AS kioskId, hall_code AS hallCode, queue, day, count
         FROM queue_lease WHERE first IS NULL AND day >= ? ORDER BY day, id`,
      )
      .all(fromDay);
  }

  /**
   * Takes what the platform leased. Answers false, and drops the request, when the range has a number that this kiosk had
   * before: a platform that went back to an older state of itself leases its numbers anew.
   */
  grant(request: QueueLeaseRequest, { first, last }: QueueLease): boolean {
    const { id, ...place } = request;
    const had = this.#database
      .prepare<[QueuePlace & QueueLease]>(
        `SELECT 1 FROM queue_lease WHERE ${AT_PLACE} AND first <= @last AND last >= @first
         UNION ALL
         SELECT 1 FROM queue_ticket
         WHERE hall_code = @hallCode AND day = @day AND queue = @queue AND number BETWEEN @first AND @last`,
      )
      .get({ ...place, first, last });
    if (had !== undefined || last < first) {
      this.drop(id);
      return false;
    }
    this.#database
      .prepare<[QueueLease & { readonly id: string }]>(
        'UPDATE queue_lease SET first = @first, last = @last, next = @first WHERE id = @id AND first IS NULL',
      )
      .run({ id, first, last });
    return true;
  }

  /** It is not asked for any more. */
  drop(id: string): void {
    this.#database.prepare<[string]>('DELETE FROM queue_lease WHERE id = ? AND first IS NULL').run(id);
  }

  /** The next number, which is then no other person's. Nothing when there is none left. */
  take(place: QueuePlace): NextNumber | undefined {
    return this.#database
      .prepare<[QueuePlace], NextNumber>(
        `UPDATE queue_lease SET next = next + 1
         WHERE id = (SELECT id FROM queue_lease WHERE ${AT_PLACE} AND next <= last ORDER BY first LIMIT 1)
         RETURNING id AS leaseId, next - 1 AS number`,
      )
      .get(place);
  }

  /** How many numbers are left, and whether any were leased at all. */
  left(place: QueuePlace): { readonly count: number; readonly leased: boolean } {
    const row = this.#database
      .prepare<[QueuePlace], { count: number; leases: number }>(
        `SELECT coalesce(sum(last - next + 1), 0) AS count, count(*) AS leases
         FROM queue_lease WHERE ${AT_PLACE} AND first IS NOT NULL`,
      )
      .get(place);
    return { count: row?.count ?? 0, leased: (row?.leases ?? 0) > 0 };
  }

  /** Whether there is a request for that place on its way. */
  isAsked(place: QueuePlace): boolean {
    return (
      this.#database
        .prepare<[QueuePlace]>(`SELECT 1 FROM queue_lease WHERE ${AT_PLACE} AND first IS NULL`)
        .get(place) !== undefined
    );
  }

  /** Leases of earlier days have run out. */
  forget(before: string): void {
    this.#database.prepare<[string]>('DELETE FROM queue_lease WHERE day < ?').run(before);
  }

  /** The store is not the one that gave the latest numbers, as after a restore: what it knows of its leases counts no more. */
  abandon(): void {
    this.#database.prepare('DELETE FROM queue_lease').run();
  }
}
