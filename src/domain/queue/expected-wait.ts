import { inCallOrder, type CallOrder, type QueueWindow, type WaitingTicket } from './call-next.ts';

/** Minutes from and to, with `from` below `to`: how long one matter takes cannot be known, so no single number is told. */
export interface WaitRange {
  readonly from: number;
  readonly to: number;
}

/** What a queue looks like to one who would take a ticket in it now. */
export interface QueueView {
  /** Open windows that serve the queue. */
  readonly windows: number;
  /** Those of them that have nobody in front of them. */
  readonly free: number;
  /** Tickets of the queue that will be called before. */
  readonly ahead: number;
  /** The same, and those of other queues whose windows also serve this one. */
  readonly competing: number;
}

/** The view of a queue for a new ticket of a group. `busy`: numbers of the windows that serve somebody at this moment. */
export function viewQueue(
  order: CallOrder,
  ticket: WaitingTicket,
  waiting: readonly WaitingTicket[],
  windows: readonly QueueWindow[],
  busy: ReadonlySet<string>,
): QueueView {
  const serving = windows.filter(({ open, queues }) => open && queues.includes(ticket.queue));
  const shared = new Set(serving.flatMap(({ queues }) => queues));
  const others = waiting.filter(({ number }) => number !== ticket.number);
  const all = inCallOrder(order, [...others, ticket]);
  const before = all.slice(0, all.indexOf(ticket));
  return {
    windows: serving.length,
    free: serving.filter(({ number }) => !busy.has(number)).length,
    ahead: before.filter(({ queue }) => queue === ticket.queue).length,
    competing: before.filter(({ queue }) => shared.has(queue)).length,
  };
}

/**
 * The range in which a wait will probably be; undefined when no window that serves the queue is open. Matters end one after
 * the other at `windows` per `handlingMinutes`, and when their lengths scatter as much as they are long (as at counters
 * where most matters are short and few are long), the time to the n-th end scatters by its square root: the range reaches
 * one such step to both sides, which is about two of three waits. The lower end supposes that nobody of the other queues
 * comes first, the upper that all do. Both are rounded outwards, to 5 minutes, or to 15 beyond an hour.
 *
 * @param handlingMinutes how long one matter usually takes
 */
export function expectedWait(view: QueueView, handlingMinutes: number): WaitRange | undefined {
  if (view.windows === 0) return undefined;
  const each = handlingMinutes / view.windows;
  const soon = Math.max(0, view.ahead + 1 - view.free);
  const late = Math.max(0, view.competing + 1 - view.free);
  const from = roundDown(Math.max(0, (soon - Math.sqrt(soon)) * each));
  return { from, to: Math.max(from + 5, roundUp((late + Math.sqrt(late)) * each)) };
}

function roundDown(minutes: number): number {
  const step = minutes > 60 ? 15 : 5;
  return Math.floor(minutes / step) * step;
}

function roundUp(minutes: number): number {
  const step = minutes > 60 ? 15 : 5;
  return Math.ceil(minutes / step) * step;
}
