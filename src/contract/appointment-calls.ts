import { z } from 'zod';
import { citizenHeaders, citizenRead, citizenWrite, citizenWriteHeaders, kioskRead } from './citizen-call.ts';
import { bookingExample, cancelExample, checkInExample, rebookingExample, slotsExample } from './hall-examples.ts';
import { hallCode, instant, line, word } from './word.ts';

/** A time at which so many people may come for an item. */
export const slot = z.object({
  id: z.uuid(),
  startsAt: instant,
  endsAt: instant,
  /** Office and window, as people find it. */
  place: line,
  /** How many may still book it. */
  left: z.int().positive(),
});
export type Slot = z.infer<typeof slot>;

export const appointmentState = z.enum(['booked', 'cancelled', 'checked-in', 'missed']);

/** Somebody's own. `missed`: its time is over, and nobody checked in. */
export const appointment = z.object({
  id: z.uuid(),
  item: word,
  hallCode,
  startsAt: instant,
  endsAt: instant,
  place: line,
  state: appointmentState,
  caseId: z.uuid().optional(),
});
export type Appointment = z.infer<typeof appointment>;

const slotRefusals = ['unknown-slot', 'slot-over', 'slot-full', 'booked-already'] as const;
const bookRefusals = [
  ...slotRefusals,
  /** The id is another appointment's. */
  'content-differs',
  /** None, or somebody else's. */
  'unknown-case',
] as const;
const openRefusals = [
  'unknown-appointment',
  /** Cancelled, checked in or over. */
  'not-open',
] as const;
const changeRefusals = [...openRefusals, ...slotRefusals] as const;
const checkInRefusals = [
  ...openRefusals,
  'too-early',
  /** Its time is over: an ordinary number is still to be had. */
  'too-late',
  'other-hall',
  /** A queue ticket for it is here already. */
  'ticket-given',
] as const;

/** Every reason for which the platform does not do what somebody asks for about an appointment. */
export const appointmentRefusal = z.enum([...new Set([...bookRefusals, ...changeRefusals, ...checkInRefusals])]);
export type AppointmentRefusal = z.infer<typeof appointmentRefusal>;

/** Appointments: they need the platform, since nobody else knows what is free. */
export const appointmentCalls = {
  appointmentSlots: kioskRead
    .route({ method: 'POST', path: '/appointments/slots', summary: 'When somebody may come for an item' })
    .input(
      z
        .strictObject({ kioskId: word, hallCode, item: word, from: z.iso.date(), to: z.iso.date() })
        .meta({ examples: [slotsExample] }),
    )
    .output(z.object({ slots: z.array(slot) })),
  bookAppointment: citizenWrite(bookRefusals)
    .route({
      method: 'POST',
      path: '/appointments/book',
      summary: 'Book a time; one for an item, and none beside another at the same time',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenWriteHeaders,
        body: z
          .strictObject({ kioskId: word, id: z.uuid(), slot: z.uuid(), item: word, caseId: z.uuid().optional() })
          .meta({ examples: [bookingExample] }),
      }),
    )
    .output(appointment),
  changeAppointment: citizenWrite(changeRefusals)
    .route({
      method: 'POST',
      path: '/appointments/change',
      summary: 'Come at another time; the one before is free again only when the other one is booked',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenWriteHeaders,
        body: z.strictObject({ kioskId: word, id: z.uuid(), slot: z.uuid() }).meta({ examples: [rebookingExample] }),
      }),
    )
    .output(appointment),
  myAppointments: citizenRead
    .route({
      method: 'POST',
      path: '/appointments/mine',
      summary: 'Appointments of the person at the kiosk, the next one first',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenHeaders,
        body: z.strictObject({ kioskId: word }).meta({ examples: [{ kioskId: bookingExample.kioskId }] }),
      }),
    )
    .output(z.object({ appointments: z.array(appointment) })),
  checkIn: citizenWrite(checkInRefusals)
    .route({
      method: 'POST',
      path: '/appointments/check-in',
      summary: 'Say that somebody came: the queue ticket with that id, wherever it is, is called before ordinary ones',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenWriteHeaders,
        body: z
          .strictObject({ kioskId: word, id: z.uuid(), hallCode, ticket: z.uuid() })
          .meta({ examples: [checkInExample] }),
      }),
    )
    .output(appointment),
  cancelAppointment: citizenWrite(openRefusals)
    .route({
      method: 'POST',
      path: '/appointments/cancel',
      summary: 'Give a time back',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: citizenWriteHeaders,
        body: z.strictObject({ kioskId: word, id: z.uuid() }).meta({ examples: [cancelExample] }),
      }),
    )
    .output(appointment),
};
