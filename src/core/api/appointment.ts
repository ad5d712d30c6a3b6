import type { AppointmentProblem } from '../../contract/appointment-api.ts';
import { appointmentProblem } from '../../contract/appointment-api.ts';
import { APPOINTMENT_GROUP } from '../../domain/queue/priority-groups.ts';
import { done } from '../../domain/result.ts';
import { makeUuidV7 } from '../identifiers.ts';
import { outlookOf, readOutlook } from '../queue/outlook.ts';
import { queueOf, takeTicket } from '../queue/take-ticket.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import { identityOf } from '../session/visit-identity.ts';
import type { Visit } from '../session/visits.ts';
import type { Failure, Outcome } from '../sync/outcome.ts';
import { fromEarlier, openVisit, type Base } from './base.ts';
import { ticketView } from './ticket-view.ts';

type Refuse = (options: { data: { reason: AppointmentProblem } }) => Error;
type Errors = Parameters<typeof openVisit>[1] &
  Parameters<typeof fromEarlier>[1] & { readonly PLATFORM_UNREACHABLE: () => Error; readonly REFUSED: Refuse };

/** What to send for somebody who said who they are: under a key that is the same until there was an answer. */
interface Sending {
  readonly identity: string;
  readonly key: string;
  readonly kioskId: string;
}

export function appointmentRoutes({ appointment: os }: Base, room: CoreRoom) {
  /** Asks as whoever is at the kiosk, who has to be there still when the answer comes. */
  async function asPerson<T>(
    errors: Errors,
    what: string,
    send: (service: Service, sending: Sending, visit: Visit) => Promise<Outcome<T>>,
  ) {
    const { service, visit } = openVisit(room, errors);
    const person = fromEarlier(visit.person, errors);
    const stay = () => {
      const { visit: now } = openVisit(room, errors);
      if (now !== visit || now.person !== person) throw errors.WRONG_STEP();
    };
    const identity = await identityOf(service, visit, person);
    stay();
    if (identity.kind !== 'done') throw failureOf(identity, errors);
    const key = visit.attempts.get(what) ?? makeUuidV7(service.clock.now(), service.random);
    visit.attempts.set(what, key);
    const { kioskId } = service.config;
    const answer = await send(service, { identity: identity.value, key, kioskId }, visit);
    if (answer.kind !== 'retry') visit.attempts.delete(what);
    stay();
    if (answer.kind !== 'done') throw failureOf(answer, errors);
    return { service, visit, value: answer.value };
  }

  return {
    slots: os.slots.handler(async ({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { config, catalogue, platform } = service;
      if (!catalogue.items.has(input.item)) throw errors.UNKNOWN_ITEM();
      const ask = { kioskId: config.kioskId, hallCode: config.hall.code, ...input };
      const free = await platform.appointmentSlots(ask, visit.ended);
      if (free.kind !== 'done') throw failureOf(free, errors);
      return free.value.slots;
    }),

    mine: os.mine.handler(async ({ errors }) => {
      const { value } = await asPerson(errors, 'mine', ({ platform }, { identity, kioskId }, { ended }) =>
        platform.myAppointments(identity, { kioskId }, ended),
      );
      return value.appointments;
    }),

    book: os.book.handler(async ({ input, errors }) => {
      const { service } = openVisit(room, errors);
      if (!service.catalogue.items.has(input.item)) throw errors.UNKNOWN_ITEM();
      // The key is also the id, so that what a lost answer booked is found again.
      const { value } = await asPerson(errors, `book ${input.item} ${input.slot}`, ({ platform }, sending, { ended }) =>
        platform.bookAppointment(
          sending.identity,
          sending.key,
          { kioskId: sending.kioskId, id: sending.key, ...input },
          ended,
        ),
      );
      return value;
    }),

    change: os.change.handler(async ({ input, errors }) => {
      const { value } = await asPerson(
        errors,
        `change ${input.id} ${input.slot}`,
        ({ platform }, { identity, key, kioskId }, { ended }) =>
          platform.changeAppointment(identity, key, { kioskId, ...input }, ended),
      );
      return value;
    }),

    cancel: os.cancel.handler(async ({ input, errors }) => {
      const { value } = await asPerson(
        errors,
        `cancel ${input.id}`,
        ({ platform }, { identity, key, kioskId }, { ended }) =>
          platform.cancelAppointment(identity, key, { kioskId, ...input }, ended),
      );
      return value;
    }),

    checkIn: os.checkIn.handler(async ({ input: { id }, errors }) => {
      const { service: open, visit: here } = openVisit(room, errors);
      const known = here.checkedIn.get(id);
      if (known) return ticketView(room, open, here, known);
      const { service, visit, value } = await asPerson(
        errors,
        `check-in ${id}`,
        async (of, { identity, key, kioskId }, { ended }) => {
          // Kept as well until there was an answer: it names one ticket, however often it is asked.
          const attempt = `ticket of ${id}`;
          const ticket = here.attempts.get(attempt) ?? makeUuidV7(of.clock.now(), of.random);
          here.attempts.set(attempt, ticket);
          const answer = await of.platform.checkIn(
            identity,
            key,
            { kioskId, id, hallCode: of.config.hall.code, ticket },
            ended,
          );
          return answer.kind === 'done' ? { kind: 'done', value: { ticket, item: answer.value.item } } : answer;
        },
      );
      const { queue: desk, config } = service;
      const queue = queueOf(config.queues ?? [], value.item);
      if (!queue) throw errors.NO_QUEUE();
      const waits = await readOutlook(service, undefined, visit.ended);
      const { visit: now } = openVisit(room, errors);
      if (now !== visit) throw errors.SESSION_NEEDED();
      const deps = { ...service, ...desk, outbox: service.selfTest.outbox };
      // Pressed twice, it is one number.
      const earlier = visit.checkedIn.get(id);
      const choice = {
        id: value.ticket,
        priority: APPOINTMENT_GROUP,
        outlook: outlookOf(waits.get(queue.prefix)),
      } as const;
      const taken = earlier ? done(earlier) : takeTicket(deps, queue, value.item, choice);
      desk.keeper.wake();
      if (!taken.ok) {
        const { reason } = taken;
        if (reason === 'used-up' || reason === 'not-leased') throw errors.NO_NUMBERS({ data: { reason } });
        throw errors.STORE_FAILED({ data: { cause: reason } });
      }
      visit.checkedIn.set(id, taken.value);
      service.selfTest.sync.wake();
      room.board.changed();
      return ticketView(room, service, visit, taken.value);
    }),
  };
}

function failureOf(failure: Failure, errors: Pick<Errors, 'PLATFORM_UNREACHABLE' | 'REFUSED'>): Error {
  if (failure.kind === 'retry') return errors.PLATFORM_UNREACHABLE();
  const told = failure.reason === 'identity-needed' ? 'identity-refused' : failure.reason;
  return errors.REFUSED({ data: { reason: appointmentProblem.safeParse(told).data ?? 'refused' } });
}
