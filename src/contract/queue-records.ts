import { z } from 'zod';
import { priorityGroup } from '../domain/queue/priority-groups.ts';
import { queuePrefix, ticketState } from '../domain/queue-number.ts';
import { leaseExample, ticketExample } from './platform-examples.ts';
import { hallCode, word } from './word.ts';

const serial = z.int().min(1).max(1_000_000);

/** The most numbers of one lease. */
const MOST_NUMBERS = 500;

/**
 * A kiosk asks for numbers of one queue for one day, to give out also when the platform cannot be reached. A lease ends with
 * its day; what is left of it then is nobody's, since the next day counts from 1 again.
 */
export const queueLeaseRequest = z
  .strictObject({
    id: z.uuid(),
    kioskId: word,
    hallCode,
    queue: queuePrefix,
    /** At the hall; today or, so that a morning without network has numbers, tomorrow. */
    day: z.iso.date(),
    count: z.int().min(1).max(MOST_NUMBERS),
  })
  .meta({ examples: [leaseExample] });
export type QueueLeaseRequest = z.infer<typeof queueLeaseRequest>;

/** The numbers from `first` to `last`, both included: no other lease of this queue and day has any of them. */
export const queueLease = z.object({ first: serial, last: serial });
export type QueueLease = z.infer<typeof queueLease>;

/** A number that was given to somebody. Nothing in it is about the person. */
export const queueTicketSubmission = z
  .strictObject({
    id: z.uuid(),
    kioskId: word,
    hallCode,
    /** Where the number comes from. */
    lease: z.uuid(),
    queue: queuePrefix,
    day: z.iso.date(),
    number: serial,
    /** What the person came for. */
    itemCode: word,
    /** The person is of this group; without it ordinary. */
    group: priorityGroup.optional(),
    /** Kiosk time. */
    takenAt: z.iso.datetime({ offset: true }),
    state: ticketState,
  })
  .meta({ examples: [ticketExample] });
export type QueueTicketSubmission = z.infer<typeof queueTicketSubmission>;
