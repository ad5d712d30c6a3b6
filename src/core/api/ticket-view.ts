import type { z } from 'zod';
import type { takenTicketView } from '../../contract/queue-view.ts';
import { printTicket } from '../queue/print-ticket.ts';
import type { TakenTicket } from '../queue/take-ticket.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import type { Visit } from '../session/visits.ts';

/** Prints a number that is on the disk, and says what became of that. */
export async function ticketView(
  { deps: { devices } }: CoreRoom,
  service: Service,
  { locale }: Pick<Visit, 'locale'>,
  ticket: TakenTicket,
): Promise<z.infer<typeof takenTicketView>> {
  const printed = await printTicket(
    { ...service, ...service.queue, devices },
    service.config.hall.name,
    ticket,
    locale,
  );
  const { number, takenAt, queue, priority, outlook } = ticket;
  return {
    number,
    takenAt,
    queueName: queue.name,
    windows: queue.windows,
    ...outlook,
    ...(priority !== undefined && { priority }),
    paper: printed.ok ? { outcome: printed.value } : { outcome: 'failed', reason: printed.reason },
  };
}
