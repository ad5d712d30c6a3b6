import { appointmentState, type Appointment } from '../../contract/appointment-calls.ts';
import type { Sql } from '../sql.ts';

/** An appointment with what only the platform knows of it. */
export interface KeptAppointment {
  readonly id: string;
  readonly slot: string;
  readonly subject: string;
  readonly item: string;
  readonly hallCode: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string;
  readonly state: string;
  readonly caseId: string | null;
  readonly ticket: string | null;
}

const SELECT = `SELECT appointment.id, slot_id AS slot, subject, appointment.item, hall_code AS "hallCode",
    starts_at AS "startsAt", ends_at AS "endsAt", place, state, case_id AS "caseId", ticket_id AS ticket
  FROM appointment JOIN appointment_slot ON appointment_slot.id = slot_id`;

export async function findAppointment(sql: Sql, id: string): Promise<KeptAppointment | undefined> {
  return sql.get<KeptAppointment>(`${SELECT} WHERE appointment.id = $1`, [id]);
}

export async function appointmentsOf(sql: Sql, subject: string): Promise<readonly KeptAppointment[]> {
  return sql.all<KeptAppointment>(`${SELECT} WHERE subject = $1 ORDER BY starts_at, appointment.id`, [subject]);
}

/** @param from and `to`: the day at the hall, as moments */
export async function appointmentsBetween(
  sql: Sql,
  hallCode: string,
  from: string,
  to: string,
): Promise<readonly KeptAppointment[]> {
  return sql.all<KeptAppointment>(
    `${SELECT} WHERE hall_code = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, appointment.id`,
    [hallCode, from, to],
  );
}

export async function addAppointment(
  sql: Sql,
  { id, slot, subject, item, caseId }: Pick<KeptAppointment, 'id' | 'slot' | 'subject' | 'item' | 'caseId'>,
): Promise<void> {
  await sql.run(
    `INSERT INTO appointment (id, slot_id, subject, item, case_id, state) VALUES ($1, $2, $3, $4, $5, 'booked')`,
    [id, slot, subject, item, caseId],
  );
}

export async function writeAppointment(
  sql: Sql,
  { id, slot, state, ticket }: Pick<KeptAppointment, 'id' | 'slot' | 'state' | 'ticket'>,
): Promise<void> {
  await sql.run('UPDATE appointment SET slot_id = $1, state = $2, ticket_id = $3 WHERE id = $4', [
    slot,
    state,
    ticket,
    id,
  ]);
}

/** As people and offices see it. */
export function viewOf(kept: KeptAppointment, now: Date): Appointment {
  const { id, item, hallCode, startsAt, endsAt, place, state, caseId } = kept;
  return {
    id,
    item,
    hallCode,
    startsAt,
    endsAt,
    place,
    state: isMissed(kept, now) ? 'missed' : appointmentState.parse(state),
    ...(caseId !== null && { caseId }),
  };
}

/** Booked and not over: it can still be changed, cancelled or used. */
export function isOpen(kept: KeptAppointment, now: Date): boolean {
  return kept.state === 'booked' && !isMissed(kept, now);
}

function isMissed({ state, endsAt }: KeptAppointment, now: Date): boolean {
  return state === 'booked' && endsAt <= now.toISOString();
}
