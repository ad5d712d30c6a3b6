import { randomUUID } from 'node:crypto';
import type { Appointment } from '../../contract/appointment-calls.ts';
import { caseSubmission } from '../../contract/platform-api.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { publishChange } from '../changes.ts';
import { CHECK_IN_BEFORE_MS } from '../limits.ts';
import { countUp } from '../official-numbers.ts';
import type { SubjectDeps } from '../subject.ts';
import type { Sql, Transaction } from '../sql.ts';
import {
  addAppointment,
  appointmentsOf,
  findAppointment,
  isOpen,
  type KeptAppointment,
  viewOf,
  writeAppointment,
} from './appointment-records.ts';
import { findSlot, freePlace, type KeptSlot, takePlace } from './slot-records.ts';

type NoSlot = 'unknown-slot' | 'slot-over' | 'slot-full' | 'booked-already';
type NotOpen = 'unknown-appointment' | 'not-open';

/** Two kiosks at which one person books wait for each other. */
async function lockSubject(sql: Transaction, subject: string): Promise<void> {
  await countUp(sql, `appointments ${subject}`, 1);
}

/** Books a time for somebody. The same id again is the same appointment. */
export async function book(
  sql: Transaction,
  deps: Pick<SubjectDeps, 'identities'>,
  subject: string,
  wanted: { readonly id: string; readonly slot: string; readonly item: string; readonly caseId?: string | undefined },
  at: Date,
): Promise<Result<Appointment, NoSlot | 'content-differs' | 'unknown-case'>> {
  const { id, item, caseId = null } = wanted;
  await lockSubject(sql, subject);
  const known = await findAppointment(sql, id);
  if (known) {
    const same = known.subject === subject && known.item === item && known.caseId === caseId;
    return same ? done(viewOf(known, at)) : refused('content-differs');
  }
  if (caseId !== null && !(await isCaseOf(sql, deps, subject, caseId))) return refused('unknown-case');
  const slot = await takeSlot(sql, subject, { ...wanted, except: undefined }, at);
  if (!slot.ok) return slot;
  await addAppointment(sql, { id, slot: slot.value.id, subject, item, caseId });
  return done(await tell(sql, id, at));
}

/** Another time for the same. */
export async function rebook(
  sql: Transaction,
  subject: string,
  { id, slot: wanted }: { readonly id: string; readonly slot: string },
  at: Date,
): Promise<Result<Appointment, NoSlot | NotOpen>> {
  await lockSubject(sql, subject);
  const open = await findOpen(sql, subject, id, at);
  if (!open.ok) return open;
  const before = open.value;
  if (before.slot === wanted) return done(viewOf(before, at));
  const slot = await takeSlot(sql, subject, { slot: wanted, item: before.item, except: id }, at);
  if (!slot.ok) return slot;
  await freePlace(sql, before.slot);
  await writeAppointment(sql, { ...before, slot: slot.value.id });
  return done(await tell(sql, id, at));
}

/** Gives a time back; once cancelled it stays so. */
export async function cancel(
  sql: Transaction,
  subject: string,
  id: string,
  at: Date,
): Promise<Result<Appointment, NotOpen>> {
  await lockSubject(sql, subject);
  const open = await findOpen(sql, subject, id, at);
  if (!open.ok) return open;
  await freePlace(sql, open.value.slot);
  await writeAppointment(sql, { ...open.value, state: 'cancelled' });
  return done(await tell(sql, id, at));
}

/**
 * Somebody came. The ticket they get is called before ordinary ones; when that ticket never arrived, as after a kiosk that
 * broke down, another one may take its place.
 */
export async function checkIn(
  sql: Transaction,
  subject: string,
  { id, hallCode, ticket }: { readonly id: string; readonly hallCode: string; readonly ticket: string },
  at: Date,
): Promise<Result<Appointment, NotOpen | 'too-early' | 'too-late' | 'other-hall' | 'ticket-given'>> {
  await lockSubject(sql, subject);
  const kept = await findAppointment(sql, id);
  if (kept?.subject !== subject) return refused('unknown-appointment');
  if (kept.state === 'cancelled') return refused('not-open');
  if (kept.hallCode !== hallCode) return refused('other-hall');
  const given = kept.ticket === null ? undefined : await findTicket(sql, kept.ticket);
  if (given && kept.ticket !== ticket) return refused('ticket-given');
  if (kept.endsAt <= at.toISOString()) return refused('too-late');
  if (Date.parse(kept.startsAt) - CHECK_IN_BEFORE_MS > at.getTime()) return refused('too-early');
  const checked = { ...kept, state: 'checked-in', ticket };
  await writeAppointment(sql, checked);
  return done(viewOf(checked, at));
}

function findTicket(sql: Sql, id: string): Promise<object | undefined> {
  return sql.get('SELECT 1 AS found FROM queue_ticket WHERE id = $1', [id]);
}

async function findOpen(sql: Sql, subject: string, id: string, at: Date): Promise<Result<KeptAppointment, NotOpen>> {
  const kept = await findAppointment(sql, id);
  if (kept?.subject !== subject) return refused('unknown-appointment');
  return isOpen(kept, at) ? done(kept) : refused('not-open');
}

/** A place in a slot for somebody who has no other appointment for that item, and none at that time. */
async function takeSlot(
  sql: Transaction,
  subject: string,
  { slot: id, item, except }: { readonly slot: string; readonly item: string; readonly except: string | undefined },
  at: Date,
): Promise<Result<KeptSlot, NoSlot>> {
  const slot = await findSlot(sql, id);
  if (!slot || (slot.item !== null && slot.item !== item)) return refused('unknown-slot');
  if (slot.startsAt <= at.toISOString()) return refused('slot-over');
  const others = (await appointmentsOf(sql, subject)).filter((one) => one.id !== except && isOpen(one, at));
  const clashes = others.some((one) => one.item === item || (one.startsAt < slot.endsAt && slot.startsAt < one.endsAt));
  if (clashes) return refused('booked-already');
  return (await takePlace(sql, id)) ? done(slot) : refused('slot-full');
}

/** Whether a case is of this person. */
async function isCaseOf(
  sql: Sql,
  { identities }: Pick<SubjectDeps, 'identities'>,
  subject: string,
  caseId: string,
): Promise<boolean> {
  const row = await sql.get<{ content: string }>('SELECT content FROM case_record WHERE id = $1', [caseId]);
  if (!row) return false;
  const { applicant } = caseSubmission.parse(JSON.parse(row.content));
  return identities.subjectOf('person', applicant.idNumber) === subject;
}

/** The appointment as it is now; where it is about a case, those who ask after that hear of it. */
async function tell(sql: Transaction, id: string, at: Date): Promise<Appointment> {
  const kept = await findAppointment(sql, id);
  if (!kept) throw new Error('the appointment that was just written is not there');
  const { caseId, startsAt, place, state } = kept;
  if (caseId !== null) {
    const content = { caseId, startsAt, place, ...(state === 'cancelled' && { cancelled: true }) };
    const published = await publishChange(sql, { id: randomUUID(), kind: 'appointment', content }, at);
    if (!published.ok) throw new Error(`the appointment cannot be told: ${published.reason}`);
  }
  return viewOf(kept, at);
}
