import { done } from '../../domain/result.ts';
import { queueViews } from '../queue/desk.ts';
import { outlookOf, readOutlook } from '../queue/outlook.ts';
import { queueOf, takeTicket } from '../queue/take-ticket.ts';
import type { CoreRoom } from '../room.ts';
import { inService, openVisit, orNever, type Base } from './base.ts';
import { ticketView } from './ticket-view.ts';

export function queueRoutes({ queue: os }: Base, room: CoreRoom) {
  return {
    state: os.state.handler(async ({ errors, signal }) => {
      const service = inService(room, errors);
      const { queue, config, clock } = service;
      if ((config.queues ?? []).length === 0) return [];
      const waits = await readOutlook(service, undefined, orNever(signal));
      return queueViews(queue.leases, config, clock.now()).map((view) => {
        const wait = waits.get(view.queue);
        return { ...view, ...outlookOf(wait), ...(wait?.called !== undefined && { called: wait.called }) };
      });
    }),

    take: os.take.handler(async ({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { queue: desk, config } = service;
      if (!service.catalogue.items.has(input.item)) throw errors.UNKNOWN_ITEM();
      const queue = queueOf(config.queues ?? [], input.item);
      if (!queue) throw errors.NO_QUEUE();
      const who = { person: visit.person?.idNumber, phone: input.phone };
      const admit = () => {
        const admitted = visit.tickets.has(queue.prefix) ? done() : desk.admissions.admit(queue, who);
        if (!admitted.ok) throw errors.NOT_ADMITTED({ data: { reason: admitted.reason } });
      };
      admit();
      const isNew = !visit.tickets.has(queue.prefix);
      const waits = isNew ? await readOutlook(service, input.group, visit.ended) : undefined;
      if (openVisit(room, errors).visit !== visit) throw errors.SESSION_NEEDED();
      // Looked at anew: pressed twice, it is one number, and others may have taken one meanwhile.
      admit();
      const known = visit.tickets.get(queue.prefix);
      const choice = { priority: input.group, outlook: outlookOf(waits?.get(queue.prefix)) };
      const deps = { ...service, ...desk, outbox: service.selfTest.outbox };
      const taken = known ? done(known) : takeTicket(deps, queue, input.item, choice);
      if (!known) {
        desk.keeper.wake();
        if (taken.ok) desk.admissions.gave(queue, who);
      }
      if (!taken.ok) {
        const { reason } = taken;
        if (reason === 'used-up' || reason === 'not-leased') throw errors.NO_NUMBERS({ data: { reason } });
        throw errors.STORE_FAILED({ data: { cause: reason } });
      }
      visit.tickets.set(queue.prefix, taken.value);
      service.selfTest.sync.wake();
      room.board.changed();
      return ticketView(room, service, visit, taken.value);
    }),
  };
}
