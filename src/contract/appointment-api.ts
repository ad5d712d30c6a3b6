import { z } from 'zod';
import { appointment, appointmentRefusal, slot } from './appointment-calls.ts';
import { STORE_FAILED, visit } from './core-call.ts';
import { noNumber, takenTicketView } from './queue-view.ts';

/**
 * Why an appointment is not made, changed or used: the platform's reasons, and `identity-refused` when it does not take the
 * word of this kiosk for who the person is, `refused` for what only a later version knows. Each has words in
 * `resources/messages/appointment.*.json`.
 */
export const appointmentProblem = z.enum([...appointmentRefusal.options, 'identity-refused', 'refused']);
export type AppointmentProblem = z.infer<typeof appointmentProblem>;

/** Only the platform knows what is free: without it nothing is booked, and none of it waits to be sent. */
const ask = visit.errors({
  PLATFORM_UNREACHABLE: {},
  REFUSED: { data: z.strictObject({ reason: appointmentProblem }) },
});
const item = z.string().max(40);

/** What the person whose card was read does with appointments. */
export const appointmentApi = {
  /** When somebody may come for an item, from one day to another, both included. */
  slots: ask
    .errors({ UNKNOWN_ITEM: {} })
    .input(z.strictObject({ item, from: z.iso.date(), to: z.iso.date() }))
    .output(z.array(slot)),
  /** The person's own, the next one first. */
  mine: ask.output(z.array(appointment)),
  /** One for an item, and none beside another at the same time. Repeated after an answer that was lost it is the same one. */
  book: ask
    .errors({ UNKNOWN_ITEM: {} })
    .input(z.strictObject({ item, slot: z.uuid() }))
    .output(appointment),
  /** The time before is free again only when the other one is booked. */
  change: ask.input(z.strictObject({ id: z.uuid(), slot: z.uuid() })).output(appointment),
  cancel: ask.input(z.strictObject({ id: z.uuid() })).output(appointment),
  /**
   * The person came: their number, which is called before ordinary ones, on the disk before paper moves. Queue limits do not
   * hold for it. Repeated in a visit it is the same number on a further paper.
   */
  checkIn: ask
    .errors({
      /** No counter of this hall's queues serves the item. The person is checked in all the same, and staff give a number. */
      NO_QUEUE: {},
      /** The same, when this kiosk has no number to give. */
      NO_NUMBERS: { data: z.strictObject({ reason: noNumber }) },
      STORE_FAILED,
    })
    .input(z.strictObject({ id: z.uuid() }))
    .output(takenTicketView),
};
