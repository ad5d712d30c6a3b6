import { z } from 'zod';
import { printFailure } from './device-failures.ts';

/**
 * Why a queue has no number for anybody now: all that the platform let this kiosk give today are given (`used-up`), or it
 * has let it give none today (`not-leased`). Both end by themselves when the platform can be reached; staff can give numbers
 * by hand meanwhile.
 */
export const noNumber = z.enum(['used-up', 'not-leased']);

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
  /** Without paper the number counts all the same: the page shows it large. */
  paper: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.enum(['printed', 'unconfirmed']) }),
    z.strictObject({ outcome: z.literal('failed'), reason: printFailure }),
  ]),
});
