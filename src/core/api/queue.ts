import { queueViews } from '../queue/desk.ts';
import { printTicket } from '../queue/print-ticket.ts';
import { queueOf, takeTicket } from '../queue/take-ticket.ts';
import type { CoreRoom } from '../room.ts';
import { inService, openVisit, type Base } from './base.ts';

export function queueRoutes({ queue: os }: Base, room: CoreRoom) {
  return {
    state: os.state.handler(({ errors }) => {
      const { queue, config, clock } = inService(room, errors);
      return queueViews(queue.leases, config, clock.now());
    }),

    take: os.take.handler(async ({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { queue: desk, config } = service;
      if (!service.catalogue.items.has(input.item)) throw errors.UNKNOWN_ITEM();
      const queue = queueOf(config.queues ?? [], input.item);
      if (!queue) throw errors.NO_QUEUE();
      const known = visit.tickets.get(queue.prefix);
      const deps = { ...service, ...desk, outbox: service.selfTest.outbox };
      const taken = known ? { ok: true as const, value: known } : takeTicket(deps, queue, input.item);
      if (!known) desk.keeper.wake();
      if (!taken.ok) {
        const { reason } = taken;
        if (reason === 'used-up' || reason === 'not-leased') throw errors.NO_NUMBERS({ data: { reason } });
        throw errors.STORE_FAILED({ data: { cause: reason } });
      }
      visit.tickets.set(queue.prefix, taken.value);
      service.selfTest.sync.wake();
      room.board.changed();
      const printed = await printTicket(
        { ...service, ...desk, devices: room.deps.devices },
        config.hall.name,
        taken.value,
        visit.locale,
      );
      const { number, takenAt } = taken.value;
      return {
        number,
        takenAt,
        queueName: queue.name,
        windows: queue.windows,
        paper: printed.ok ? { outcome: printed.value } : { outcome: 'failed' as const, reason: printed.reason },
      };
    }),
  };
}
