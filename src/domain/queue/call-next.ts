/** A window and the queues it serves; an item belongs to a queue, never to a counter of one department. */
export interface QueueWindow {
  readonly number: string;
  readonly open: boolean;
  readonly queues: readonly string[];
}

/** A ticket that waits. */
export interface WaitingTicket {
  readonly number: string;
  readonly queue: string;
  /** Of {@link CallOrder.priority}; absent or unknown is ordinary. */
  readonly group?: string | undefined;
  /** When it was taken, or put back: ISO 8601, all with the same offset. */
  readonly since: string;
}

export interface CallOrder {
  /** Groups called before others, first ones first. */
  readonly priority: readonly string[];
  /** How many of such groups may be called in a row while ordinary ones wait. */
  readonly priorityRun: number;
}

/**
 * The ticket a window calls next: of its queues, the first group that anybody waits in, and in it who waits longest. After
 * `priorityRun` calls of such groups in a row an ordinary ticket has its turn, so that nobody waits for ever.
 *
 * @param run how many priority tickets this window has called in a row
 * @returns undefined when nobody waits for this window, or it is closed
 */
export function callNext(
  order: CallOrder,
  window: QueueWindow,
  waiting: readonly WaitingTicket[],
  run: number,
): WaitingTicket | undefined {
  if (!window.open) return undefined;
  const mine = inCallOrder(order, waiting).filter(({ queue }) => window.queues.includes(queue));
  const ordinary = mine.find((ticket) => !isPriority(order, ticket));
  return run >= order.priorityRun && ordinary ? ordinary : mine[0];
}

/** Whether a ticket is of a group that is called before others. */
export function isPriority(order: CallOrder, ticket: WaitingTicket): boolean {
  return rank(order, ticket) < order.priority.length;
}

/** All who wait in the order of their groups and of their time; equal ones by number, so that every kiosk sees the same. */
export function inCallOrder(order: CallOrder, waiting: readonly WaitingTicket[]): WaitingTicket[] {
  return waiting.toSorted(
    (one, other) =>
      rank(order, one) - rank(order, other) || compare(one.since, other.since) || compare(one.number, other.number),
  );
}

/** The place of a ticket's group; that of ordinary tickets comes after all groups. */
function rank({ priority }: CallOrder, { group }: WaitingTicket): number {
  const place = group === undefined ? -1 : priority.indexOf(group);
  return place < 0 ? priority.length : place;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
