import type { Slot } from '../../contract/appointment-calls.ts';
import type { OfferedSlot } from '../../contract/office/appointments.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { SLOTS_PER_ANSWER } from '../limits.ts';
import type { Sql, Transaction } from '../sql.ts';

/** A time that an office offers. Times are ISO 8601 in UTC, so that they compare as texts. */
export interface KeptSlot {
  readonly id: string;
  readonly hallCode: string;
  /** Null: for all that the office does there. */
  readonly item: string | null;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

const COLUMNS = 'id, hall_code AS "hallCode", item, place, starts_at AS "startsAt", ends_at AS "endsAt"';

/** Offers a time, or changes how many may come at one that is offered. */
export async function offerSlot(
  sql: Transaction,
  office: string,
  hallCode: string,
  { id, item, place, startsAt, endsAt, capacity }: OfferedSlot,
): Promise<Result<undefined, 'ends-before-start' | 'other-office' | 'capacity-too-small'>> {
  const [start, end] = [new Date(startsAt).toISOString(), new Date(endsAt).toISOString()];
  if (start >= end) return refused('ends-before-start', id);
  const known = await sql.get<{ office: string }>('SELECT office FROM appointment_slot WHERE id = $1', [id]);
  if (known && known.office !== office) return refused('other-office', id);
  if (known) {
    const changed = await sql.get(
      'UPDATE appointment_slot SET capacity = $1 WHERE id = $2 AND taken <= $1 RETURNING id',
      [capacity, id],
    );
    return changed ? done() : refused('capacity-too-small', id);
  }
  await sql.run(
    `INSERT INTO appointment_slot (id, office, hall_code, item, place, starts_at, ends_at, capacity, taken)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
    [id, office, hallCode, item ?? null, place, start, end, capacity],
  );
  return done();
}

export async function findSlot(sql: Sql, id: string): Promise<KeptSlot | undefined> {
  return sql.get<KeptSlot>(`SELECT ${COLUMNS} FROM appointment_slot WHERE id = $1`, [id]);
}

/** Takes one place of a slot; false when there is none left. The condition is looked at anew when another transaction took the last one meanwhile. */
export async function takePlace(sql: Transaction, id: string): Promise<boolean> {
  const taken = await sql.get(
    'UPDATE appointment_slot SET taken = taken + 1 WHERE id = $1 AND taken < capacity RETURNING id',
    [id],
  );
  return taken !== undefined;
}

export async function freePlace(sql: Transaction, id: string): Promise<void> {
  await sql.run('UPDATE appointment_slot SET taken = taken - 1 WHERE id = $1', [id]);
}

/** Slots for an item that begin after one moment and before another, with at least one place left. */
export async function freeSlots(
  sql: Sql,
  { hallCode, item }: { readonly hallCode: string; readonly item: string },
  after: string,
  before: string,
): Promise<Slot[]> {
  const rows = await sql.all<Slot>(
    `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt", place, capacity - taken AS "left" FROM appointment_slot
     WHERE hall_code = $1 AND (item IS NULL OR item = $2) AND starts_at > $3 AND starts_at < $4 AND taken < capacity
     ORDER BY starts_at, id LIMIT $5`,
    [hallCode, item, after, before, SLOTS_PER_ANSWER],
  );
  return [...rows];
}
