import { z } from 'zod';
import { done, refused, type Result } from '../result.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const limit = z.int().positive();

/**
 * Who gets a ticket of a queue. A limit that is absent does not hold. No standard fixes them; the fields are those that queue
 * systems of halls have in common (limits per day, person and phone, cut-off, appointment when full).
 */
export const admissionRules = z.strictObject({
  /** Tickets of one day, void ones not counted. */
  perDay: limit.optional(),
  /** Tickets of one person on one day, void ones counted: else a place could be held by taking tickets again and again. */
  perPerson: limit.optional(),
  /** The same by phone, for those who come without a card. */
  perPhone: limit.optional(),
  phoneRequired: z.boolean(),
  /** From this time on no more tickets are given, so that all who wait are served before the windows close. */
  cutOff: timeOfDay.optional(),
  /** What happens when `perDay` is reached. */
  whenFull: z.enum(['refuse', 'appointment']),
});
export type AdmissionRules = z.infer<typeof admissionRules>;

/** All rules of one queue: who gets a ticket, and in which order tickets are called. */
export const queueRules = admissionRules.extend({
  /** How long one matter usually takes, in minutes. */
  handlingMinutes: z.int().positive(),
  /** Groups that are called before others, first ones first; who is in none of them is ordinary. */
  priority: z.array(z.string().min(1)),
  /** How many tickets of such groups may be called one after the other while ordinary ones wait. */
  priorityRun: z.int().positive(),
});
export type QueueRules = z.infer<typeof queueRules>;

/** 0 not called, 1 called, 2 accepted, 3 void: the codes that queue systems use. */
export const ticketStates = ['not-called', 'called', 'accepted', 'void'] as const;
export type TicketState = (typeof ticketStates)[number];

export const ticketEvents = ['call', 'call-again', 'accept', 'put-back', 'cancel'] as const;
export type TicketEvent = (typeof ticketEvents)[number];

const moves: Readonly<Record<TicketState, Readonly<Partial<Record<TicketEvent, TicketState>>>>> = {
  'not-called': { call: 'called', cancel: 'void' },
  // 过号: who does not come is called again, put back behind the others, or void.
  called: { 'call-again': 'called', accept: 'accepted', 'put-back': 'not-called', cancel: 'void' },
  accepted: {},
  void: {},
};

/** Where an event takes a ticket; `not-from-here` when it has no place in this state. */
export function moveTicket(state: TicketState, event: TicketEvent): Result<TicketState, 'not-from-here'> {
  const next = moves[state][event];
  return next === undefined ? refused('not-from-here', `${event} in ${state}`) : done(next);
}

/** The code of a state in exchanges, and back; undefined for a code that nobody has. */
export function ticketStateCode(state: TicketState): number {
  return ticketStates.indexOf(state);
}

export function ticketStateOf(code: number): TicketState | undefined {
  return ticketStates[code];
}

/** A ticket that was given today. Persons and phones stand here as opaque keys, never as what they are. */
export interface TakenTicket {
  readonly state: TicketState;
  readonly person?: string | undefined;
  readonly phone?: string | undefined;
}

/** Who asks for a ticket, and when on the hall's clock (`HH:mm`). */
export interface TicketRequest {
  readonly time: string;
  readonly person?: string | undefined;
  readonly phone?: string | undefined;
}

/** In this order, so that a person hears what they can change before what they cannot. */
export const ticketRefusals = ['phone-required', 'past-cut-off', 'person-limit', 'phone-limit', 'day-limit'] as const;
export type TicketRefusal = (typeof ticketRefusals)[number];

/**
 * Whether a ticket is given: a ticket for now, or an appointment for another day when the day is full.
 *
 * @param taken all tickets of this queue today
 */
export function admit(
  rules: AdmissionRules,
  taken: readonly TakenTicket[],
  request: TicketRequest,
): Result<'ticket' | 'appointment', TicketRefusal> {
  const { person, phone, time } = request;
  if (rules.phoneRequired && phone === undefined) return refused('phone-required');
  if (rules.cutOff !== undefined && time >= rules.cutOff) return refused('past-cut-off');
  const ofPerson = taken.filter((ticket) => person !== undefined && ticket.person === person).length;
  if (isReached(rules.perPerson, ofPerson)) return refused('person-limit');
  const ofPhone = taken.filter((ticket) => phone !== undefined && ticket.phone === phone).length;
  if (isReached(rules.perPhone, ofPhone)) return refused('phone-limit');
  if (!isReached(rules.perDay, taken.filter(({ state }) => state !== 'void').length)) return done('ticket');
  return rules.whenFull === 'appointment' ? done('appointment') : refused('day-limit');
}

function isReached(most: number | undefined, count: number): boolean {
  return most !== undefined && count >= most;
}
