import type { QueueWait } from '../../contract/queue-calls.ts';
import { expectedWait, viewQueue } from '../../domain/queue/expected-wait.ts';
import { chinaDay } from '../official-numbers.ts';
import type { Sql } from '../sql.ts';
import { type HallTicket, isBusy, isWaiting, readTickets } from './hall-tickets.ts';
import { readRules, readWindows, USUAL_MINUTES } from './hall-windows.ts';

/** The queues of a hall that somebody waits in or a window serves, as they are for a new ticket: of that group, or an ordinary one. */
export async function readWaits(
  sql: Sql,
  { hallCode, group }: { readonly hallCode: string; readonly group?: string | undefined },
  at: Date,
): Promise<QueueWait[]> {
  const windows = await readWindows(sql, hallCode);
  const tickets = await readTickets(sql, hallCode, chinaDay(at));
  const { rules } = await readRules(sql, hallCode);
  const waiting = tickets.filter(isWaiting);
  const busy = new Set(tickets.filter(isBusy).flatMap(({ window }) => window ?? []));
  const served = windows.filter(({ open }) => open).flatMap(({ queues }) => queues);
  const names = new Set([...served, ...waiting.map(({ queue }) => queue)]);
  return [...names].toSorted().map((queue) => {
    // After everybody who waits: no number of a queue is above this one.
    const newcomer = { number: '~', queue, group, since: at.toISOString() };
    const view = viewQueue(rules, newcomer, waiting, windows, busy);
    const wait = expectedWait(view, rules.handlingMinutes[queue] ?? USUAL_MINUTES);
    const called = lastCalled(tickets, queue);
    return {
      queue,
      waiting: waiting.filter((ticket) => ticket.queue === queue).length,
      ahead: view.ahead,
      windows: view.windows,
      ...(wait && { wait }),
      ...(called !== undefined && { called }),
    };
  });
}

function lastCalled(tickets: readonly HallTicket[], queue: string): string | undefined {
  const called = tickets.filter((ticket) => ticket.queue === queue && ticket.calledAt !== undefined);
  return called.toSorted((one, other) => ((one.calledAt ?? '') < (other.calledAt ?? '') ? 1 : -1))[0]?.number;
}
