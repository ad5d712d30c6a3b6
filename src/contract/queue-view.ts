import { z } from 'zod';
import { APPOINTMENT_GROUP, priorityGroups } from '../domain/queue/priority-groups.ts';
import { ticketRefusals } from '../domain/queue/rules.ts';
import { printFailure } from './device-failures.ts';

/**
 * Why a queue has no number for anybody now: all that the platform let this kiosk give today are given (`used-up`), or it
 * has let it give none today (`not-leased`). Both end by themselves when the platform can be reached; staff can give numbers
 * by hand meanwhile.
 */
export const noNumber = z.enum(['used-up', 'not-leased']);

/**
 * Why this person gets no number of a queue that has some, by the queue's own rules: something is missing or too much, it is
 * too late in the day, or the day is full. `appointment`: it is full, and further people come on another day.
 */
export const notAdmitted = z.enum([...ticketRefusals, 'appointment']);

const minutes = z.strictObject({ from: z.int().nonnegative(), to: z.int().positive() });

/** How a queue is at this moment, as the platform says it. Without its word nothing of it is there: it is never guessed. */
const outlook = {
  /** Who will be called before. */
  ahead: z.int().nonnegative().optional(),
  /** Minutes from and to; absent also while no window serves the queue. */
  wait: minutes.optional(),
};

/** A queue of the hall. */
export const queueView = z.strictObject({
  /** What its numbers begin with. */
  queue: z.string(),
  name: z.string(),
  windows: z.string(),
  /** Numbers that can be given without asking the platform. */
  left: z.int().nonnegative(),
  /** With none left. */
  why: noNumber.optional(),
  ...outlook,
  /** The number called last. */
  called: z.string().optional(),
});
export type QueueView = z.infer<typeof queueView>;

/** A number that is this person's, on paper or not. */
export const takenTicketView = z.strictObject({
  /** As it is called out, such as A012. */
  number: z.string(),
  queueName: z.string(),
  windows: z.string(),
  /** ISO 8601 with offset */
  takenAt: z.string(),
  ...outlook,
  /** Why it is called before ordinary ones. */
  priority: z.enum([...priorityGroups, APPOINTMENT_GROUP]).optional(),
  /** Without paper the number counts all the same: the page shows it large. */
  paper: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.enum(['printed', 'unconfirmed']) }),
    z.strictObject({ outcome: z.literal('failed'), reason: printFailure }),
  ]),
});
