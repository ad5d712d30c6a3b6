import { z } from 'zod';
import { appointmentState } from '../appointment-calls.ts';
import { officeHeaders, officeRead, officer, officeWrite } from './office-call.ts';
import { hallCode, instant } from '../word.ts';

const word = z.string().trim().min(1).max(64);

const slotRefusals = [
  'ends-before-start',
  /** An office changes its own times only. */
  'other-office',
  /** More people have booked it than could come then. */
  'capacity-too-small',
] as const;
export const published = z.object({ published: z.int().nonnegative() });

export const offeredSlot = z.strictObject({
  id: z.uuid(),
  /** The item it is for; absent: all that this office does in this hall. */
  item: word.optional(),
  place: z.string().trim().min(1).max(200),
  startsAt: instant,
  endsAt: instant,
  /** 0 takes it back. */
  capacity: z.int().nonnegative().max(1_000),
});
export type OfferedSlot = z.infer<typeof offeredSlot>;

export const appointmentOfficeCalls = {
  publishSlots: officeWrite(slotRefusals)
    .route({
      method: 'POST',
      path: '/appointments/slots',
      summary: 'Times at which people may come, and how many; one with a known id changes its capacity',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, hallCode, slots: z.array(offeredSlot).min(1).max(500) }),
      }),
    )
    .output(published),
  day: officeRead
    .route({
      method: 'POST',
      path: '/appointments/day',
      summary: 'Appointments of a day at a hall; nothing in them is about the person',
    })
    .input(z.strictObject({ hallCode, day: z.iso.date() }))
    .output(
      z.object({
        appointments: z.array(
          z.object({ id: z.uuid(), item: word, startsAt: instant, place: z.string(), state: appointmentState }),
        ),
      }),
    ),
};
