import type { Receipt } from '../contract/platform-api.ts';
import type { QueueLease, QueueLeaseRequest, QueueTicketSubmission } from '../contract/queue-records.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { contentHash } from './content-hash.ts';
import { chinaDay, countUp, dayAfter } from './official-numbers.ts';
import type { Sql } from './sql.ts';

/** Writes what belongs to queues, as parts of one transaction. What arrived already gets its first answer again. */
export interface QueueRecords {
  leaseNumbers(request: QueueLeaseRequest, at: Date): Promise<Result<QueueLease, 'content-differs' | 'wrong-day'>>;
  addTicket(
    ticket: QueueTicketSubmission,
    at: Date,
  ): Promise<Result<Receipt, 'content-differs' | 'number-not-leased' | 'number-taken'>>;
}

export function createQueueRecords(sql: Sql): QueueRecords {
  return {
    async leaseNumbers(request, at) {
      const { id, kioskId, hallCode, day, queue, count } = request;
      const hash = contentHash(request);
      const known = await sql.get<QueueLease & { content_hash: string }>(
        'SELECT first, last, content_hash FROM queue_lease WHERE id = $1',
        [id],
      );
      if (known && known.content_hash !== hash) return refused('content-differs');
      if (known) return done({ first: known.first, last: known.last });
      const today = chinaDay(at);
      // On another day the same numbers would be called out twice, for this kiosk's people and for everybody else's.
      if (day !== today && day !== dayAfter(today)) return refused('wrong-day');
      const last = await countUp(sql, `queue ${hallCode} ${day} ${queue}`, count);
      const first = last - count + 1;
      await sql.run(
        `INSERT INTO queue_lease (id, kiosk_id, hall_code, day, queue, first, last, content_hash, leased_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, kioskId, hallCode, day, queue, first, last, hash, at.toISOString()],
      );
      return done({ first, last });
    },

    async addTicket(ticket, at) {
      const { id, kioskId, hallCode, lease, day, queue, number } = ticket;
      const place = [hallCode, day, queue, number];
      const hash = contentHash(ticket);
      const known = await sql.get<{ content_hash: string; received_at: string }>(
        'SELECT content_hash, received_at FROM queue_ticket WHERE id = $1',
        [id],
      );
      if (known && known.content_hash !== hash) return refused('content-differs');
      if (known) return done({ receivedAt: known.received_at });
      const leased = await sql.get(
        `SELECT 1 AS found FROM queue_lease
         WHERE id = $1 AND kiosk_id = $2 AND hall_code = $3 AND day = $4 AND queue = $5 AND first <= $6 AND last >= $6`,
        [lease, kioskId, ...place],
      );
      if (!leased) return refused('number-not-leased');
      const taken = await sql.get(
        'SELECT 1 AS found FROM queue_ticket WHERE hall_code = $1 AND day = $2 AND queue = $3 AND number = $4',
        place,
      );
      if (taken) return refused('number-taken');
      const receivedAt = at.toISOString();
      await sql.run(
        `INSERT INTO queue_ticket (id, hall_code, day, queue, number, content, content_hash, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, ...place, JSON.stringify(ticket), hash, receivedAt],
      );
      return done({ receivedAt });
    },
  };
}
