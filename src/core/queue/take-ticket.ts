import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig, QueueConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { QueueTicketSubmission } from '../../contract/queue-records.ts';
import { APPOINTMENT_GROUP, type TicketPriority } from '../../domain/queue/priority-groups.ts';
import { queueNumber } from '../../domain/queue-number.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { hallDay, hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import type { Outlook } from './outlook.ts';
import type { QueueLeases } from './queue-leases.ts';
import type { QueueTickets } from './queue-tickets.ts';

export interface TakeTicketDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall' | 'queues'>;
  readonly transact: Transact;
  readonly leases: QueueLeases;
  readonly tickets: QueueTickets;
  readonly outbox: Pick<KioskOutbox, 'add'>;
}

/** It goes to the platform, from the transaction on that this is part of. */
export function sendTicket(outbox: Pick<KioskOutbox, 'add'>, ticket: QueueTicketSubmission): void {
  const { id, takenAt } = ticket;
  outbox.add({
    id,
    step: 'queue-ticket',
    createdAt: takenAt,
    firstAttemptAt: Date.parse(takenAt),
    payload: JSON.stringify(ticket),
  });
}

/** A number that is somebody's now. */
export interface TakenTicket {
  readonly id: string;
  /** As it is called out. */
  readonly number: string;
  readonly queue: QueueConfig;
  readonly day: string;
  readonly takenAt: string;
  readonly priority?: TicketPriority | undefined;
  /** As it was when the number was given; empty where the platform did not say. */
  readonly outlook: Outlook;
}

/** What is known beside the queue. */
export interface TicketChoice {
  /** Of a ticket whose id was named before, as at check-in. */
  readonly id?: string | undefined;
  readonly priority?: TicketPriority | undefined;
  readonly outlook: Outlook;
}

/** `used-up`: every number that the platform leased for today was given; `not-leased`: it leased none. */
export type NoNumber = 'used-up' | 'not-leased';

/** The queue whose counters serve an item. */
export function queueOf(queues: readonly QueueConfig[], itemCode: string): QueueConfig | undefined {
  const own = queues.find(({ items }) => items?.includes(itemCode));
  return own ?? queues.find(({ items }) => items === undefined);
}

/**
 * Gives the next number of the queue of an item: number, ticket and delivery in one transaction. When this answers `ok` they
 * are on the disk itself, so that no crash from here on makes the number anybody else's; when not, nothing was given.
 */
export function takeTicket(
  deps: TakeTicketDeps,
  queue: QueueConfig,
  itemCode: string,
  { id: chosen, priority, outlook }: TicketChoice = { outlook: {} },
): Result<TakenTicket, NoNumber | WriteFailure> {
  const { clock, random, log, config, transact, leases, tickets, outbox } = deps;
  const now = clock.now();
  const place = { kioskId: config.kioskId, hallCode: config.hall.code, day: hallDay(now), queue: queue.prefix };
  const written = transact(() => {
    const next = leases.take(place);
    if (!next) return undefined;
    const ticket: QueueTicketSubmission = {
      ...place,
      id: chosen ?? makeUuidV7(now, random),
      lease: next.leaseId,
      number: next.number,
      itemCode,
      // That somebody checked in is known where it was said.
      ...(priority !== undefined && priority !== APPOINTMENT_GROUP && { group: priority }),
      takenAt: hallTime(now),
      state: 'not-called',
    };
    tickets.add(ticket);
    sendTicket(outbox, ticket);
    return ticket;
  });
  if (!written.ok) {
    log('core.write-failed', { what: 'queue-ticket', cause: written.reason });
    return written;
  }
  const { count, leased } = leases.left(place);
  if (!written.value) {
    const reason = leased ? 'used-up' : 'not-leased';
    log('core.ticket-refused', { queue: queue.prefix, reason });
    return refused(reason);
  }
  const { id, number, day, takenAt } = written.value;
  log('core.ticket-taken', { record: id, queue: queue.prefix, left: count });
  return done({ id, number: queueNumber(queue.prefix, number), queue, day, takenAt, priority, outlook });
}
