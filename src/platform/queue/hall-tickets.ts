import { queueTicketSubmission } from '../../contract/queue-records.ts';
import type { WaitingTicket } from '../../domain/queue/call-next.ts';
import { APPOINTMENT_GROUP } from '../../domain/queue/priority-groups.ts';
import { type TicketState, ticketStates } from '../../domain/queue/rules.ts';
import { queueNumber } from '../../domain/queue-number.ts';
import type { Sql } from '../sql.ts';

/** A ticket as the windows see it: what the kiosk handed in, and what became of it since. */
export interface HallTicket extends WaitingTicket {
  readonly id: string;
  readonly itemCode: string;
  readonly state: TicketState;
  /** The window it was called to last, and how often. */
  readonly window: string | undefined;
  readonly calls: number;
  readonly calledAt: string | undefined;
  /** The person is gone. */
  readonly finished: boolean;
}

interface TicketRow {
  readonly id: string;
  readonly issued: string;
  readonly serial: number;
  readonly content: string;
  readonly queue: string | null;
  readonly state: string | null;
  readonly since: string | null;
  readonly window_number: string | null;
  readonly calls: number | null;
  readonly called_at: string | null;
  readonly finished_at: string | null;
  readonly appointment: string | null;
}

/** All tickets of a hall on a day. */
export async function readTickets(sql: Sql, hallCode: string, day: string): Promise<readonly HallTicket[]> {
  const rows = await sql.all<TicketRow>(
    `SELECT ticket.id, ticket.queue AS issued, ticket.number AS serial, ticket.content,
            moved.queue, moved.state, moved.since, moved.window_number, moved.calls, moved.called_at, moved.finished_at,
            appointment.id AS appointment
     FROM queue_ticket AS ticket
     LEFT JOIN queue_call AS moved ON moved.ticket_id = ticket.id
     LEFT JOIN appointment ON appointment.ticket_id = ticket.id AND appointment.state = 'checked-in'
     WHERE ticket.hall_code = $1 AND ticket.day = $2`,
    [hallCode, day],
  );
  return rows.map(ticketOf);
}

function ticketOf(row: TicketRow): HallTicket {
  const taken = queueTicketSubmission.parse(JSON.parse(row.content));
  return {
    id: row.id,
    number: queueNumber(row.issued, row.serial),
    queue: row.queue ?? row.issued,
    itemCode: taken.itemCode,
    state: ticketStates.find((one) => one === row.state) ?? taken.state,
    group: row.appointment === null ? taken.group : APPOINTMENT_GROUP,
    since: row.since ?? new Date(taken.takenAt).toISOString(),
    window: row.window_number ?? undefined,
    calls: row.calls ?? 0,
    calledAt: row.called_at ?? undefined,
    finished: row.finished_at !== null,
  };
}

/** Keeps what became of a ticket. */
export async function writeTicket(sql: Sql, ticket: HallTicket, finishedAt: string | null): Promise<void> {
  const { id, queue, state, since, window, calls, calledAt } = ticket;
  await sql.run(
    `INSERT INTO queue_call (ticket_id, queue, state, since, window_number, calls, called_at, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (ticket_id) DO UPDATE
     SET queue = excluded.queue, state = excluded.state, since = excluded.since, window_number = excluded.window_number,
         calls = excluded.calls, called_at = excluded.called_at, finished_at = excluded.finished_at`,
    [id, queue, state, since, window ?? null, calls, calledAt ?? null, finishedAt],
  );
}

export function isWaiting({ state }: HallTicket): boolean {
  return state === 'not-called';
}

/** Whom a window has called or serves. */
export function isAt(window: string, ticket: HallTicket): boolean {
  return ticket.window === window && isBusy(ticket);
}

/** Whether somebody is called, or served, at this moment. */
export function isBusy({ state, finished }: HallTicket): boolean {
  return !finished && (state === 'called' || state === 'accepted');
}
