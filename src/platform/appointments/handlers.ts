import { implement } from '@orpc/server';
import { appointment, appointmentCalls } from '../../contract/appointment-calls.ts';
import { appointmentOfficeCalls, published } from '../../contract/office/appointments.ts';
import { done } from '../../domain/result.ts';
import { identified } from '../identity/identified.ts';
import { CHINA_OFFSET_MS, dayAfter } from '../official-numbers.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { appointmentsBetween, appointmentsOf, viewOf } from './appointment-records.ts';
import { book, cancel, checkIn, rebook } from './bookings.ts';
import { freeSlots, offerSlot } from './slot-records.ts';

/** Whoever has a telephone may book; nothing that is anybody's is shown for it. */
const NEEDED = 'low';

export function appointmentHandlers(deps: SubjectDeps) {
  const { clock, database, faults } = deps;
  const server = implement(appointmentCalls).$context<CallContext>();
  return {
    appointmentSlots: server.appointmentSlots.handler(async ({ input, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== input.kioskId) throw errors.OTHER_DEVICE();
      await faults.mayBegin(signal);
      const now = clock.now().toISOString();
      const from = startOf(input.from);
      return { slots: await freeSlots(database, input, from > now ? from : now, startOf(dayAfter(input.to))) };
    }),
    bookAppointment: server.bookAppointment.handler((call) => {
      const { subject } = identified(deps, call, NEEDED);
      return writeOnce(deps, `book ${subject}`, call, appointment, (sql, body, at) =>
        book(sql, deps, subject, body, at),
      );
    }),
    changeAppointment: server.changeAppointment.handler((call) => {
      const { subject } = identified(deps, call, NEEDED);
      return writeOnce(deps, `rebook ${subject}`, call, appointment, (sql, body, at) => rebook(sql, subject, body, at));
    }),
    cancelAppointment: server.cancelAppointment.handler((call) => {
      const { subject } = identified(deps, call, NEEDED);
      return writeOnce(deps, `cancel ${subject}`, call, appointment, (sql, { id }, at) => cancel(sql, subject, id, at));
    }),
    checkIn: server.checkIn.handler((call) => {
      const { subject } = identified(deps, call, NEEDED);
      return writeOnce(deps, `check-in ${subject}`, call, appointment, (sql, body, at) =>
        checkIn(sql, subject, body, at),
      );
    }),
    myAppointments: server.myAppointments.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      const now = clock.now();
      return { appointments: (await appointmentsOf(database, subject)).map((kept) => viewOf(kept, now)) };
    }),
  };
}

export function appointmentOfficeHandlers(deps: SubjectDeps) {
  const { clock, database, faults } = deps;
  const server = implement(appointmentOfficeCalls).$context<CallContext>();
  return {
    publishSlots: server.publishSlots.handler((call) =>
      writeOnce(deps, 'appointment-slots', call, published, async (sql, { officer, hallCode, slots }) => {
        for (const slot of slots) {
          const offered = await offerSlot(sql, officer.office, hallCode, slot);
          if (!offered.ok) return offered;
        }
        return done({ published: slots.length });
      }),
    ),
    day: server.day.handler(async ({ input: { hallCode, day }, signal }) => {
      await faults.mayBegin(signal);
      const now = clock.now();
      const kept = await appointmentsBetween(database, hallCode, startOf(day), startOf(dayAfter(day)));
      return {
        appointments: kept.map((one) => {
          const { id, item, startsAt, place, state } = viewOf(one, now);
          return { id, item, startsAt, place, state };
        }),
      };
    }),
  };
}

/** When a day begins at the hall. */
function startOf(day: string): string {
  return new Date(Date.parse(day) - CHINA_OFFSET_MS).toISOString();
}
