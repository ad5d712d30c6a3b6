import { comparedKind, type ComparedKind } from '../contract/reconciliation.ts';
import { type RecordDigest, summarise } from '../domain/reconciliation.ts';
import { sha256 } from './content-hash.ts';
import { CHINA_OFFSET_MS } from './official-numbers.ts';
import type { Sql } from './sql.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What a kiosk handed over, by the platform's time of receipt between two instants (ISO 8601, UTC). */
const queries: Readonly<Record<ComparedKind, string>> = {
  case: `SELECT id, content_hash AS digest FROM case_record
         WHERE kiosk_id = $1 AND received_at >= $2 AND received_at < $3 AND parent_id IS NULL`,
  rating: `SELECT rating.id, rating.content_hash AS digest FROM rating
           JOIN case_record ON case_record.id = rating.case_id
           WHERE case_record.kiosk_id = $1 AND rating.received_at >= $2 AND rating.received_at < $3`,
  // A ticket is of the kiosk that leased its number.
  'queue-ticket': `SELECT queue_ticket.id, queue_ticket.content_hash AS digest FROM queue_ticket
                   JOIN queue_lease ON queue_lease.hall_code = queue_ticket.hall_code
                     AND queue_lease.day = queue_ticket.day AND queue_lease.queue = queue_ticket.queue
                     AND queue_ticket.number BETWEEN queue_lease.first AND queue_lease.last
                   WHERE queue_lease.kiosk_id = $1
                     AND queue_ticket.received_at >= $2 AND queue_ticket.received_at < $3`,
};

/** When a day (YYYY-MM-DD) in China is over. */
export function endOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS + DAY_MS);
}

export function recordsOfDay(
  sql: Sql,
  kioskId: string,
  day: string,
  kind: ComparedKind,
): Promise<readonly RecordDigest[]> {
  const end = endOfDay(day);
  const begin = new Date(end.getTime() - DAY_MS);
  return sql.all<RecordDigest>(queries[kind], [kioskId, begin.toISOString(), end.toISOString()]);
}

export async function summariesOfDay(sql: Sql, kioskId: string, day: string) {
  const summaries = [];
  for (const kind of comparedKind.options)
    summaries.push({ kind, ...summarise(await recordsOfDay(sql, kioskId, day, kind), sha256) });
  return summaries;
}
