import type { WindowAnswer } from '../../contract/office/queue.ts';
import { callNext, isPriority } from '../../domain/queue/call-next.ts';
import { moveTicket, type TicketEvent } from '../../domain/queue/rules.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { chinaDay, countUp } from '../official-numbers.ts';
import type { Sql, Transaction } from '../sql.ts';
import { type HallTicket, isAt, isWaiting, readTickets, writeTicket } from './hall-tickets.ts';
import { type HallWindow, readRules, readWindows, writeWindow } from './hall-windows.ts';

/** Where a call comes from. */
export interface WindowPlace {
  readonly hallCode: string;
  readonly window: string;
  readonly office: string;
}

/** A hall today, with one of its windows, as nobody else changes it until the transaction ends. */
interface Hall {
  readonly window: HallWindow;
  readonly tickets: readonly HallTicket[];
  /** Whom the window has in front of it. */
  readonly at: HallTicket | undefined;
}

type NoWindow = 'unknown-window' | 'other-office';

/** Everybody who calls in this hall waits for the end of this transaction, so that a number is called to one window. */
async function lockHall(sql: Transaction, hallCode: string, day: string): Promise<void> {
  await countUp(sql, `calls ${hallCode} ${day}`, 1);
}

async function openHall(
  sql: Transaction,
  { hallCode, window: number, office }: WindowPlace,
  at: Date,
): Promise<Result<Hall, NoWindow>> {
  await lockHall(sql, hallCode, chinaDay(at));
  const window = (await readWindows(sql, hallCode)).find((one) => one.number === number);
  if (!window) return refused('unknown-window');
  if (window.office !== office) return refused('other-office');
  const tickets = await readTickets(sql, hallCode, chinaDay(at));
  return done({ window, tickets, at: tickets.find((ticket) => isAt(number, ticket)) });
}

/** Opens or closes a window. It becomes the office's that opens it first. */
export async function setWindow(
  sql: Transaction,
  place: WindowPlace,
  { open, queues }: Pick<HallWindow, 'open' | 'queues'>,
  at: Date,
): Promise<Result<WindowAnswer, 'other-office' | 'serving'>> {
  const { hallCode, window: number, office } = place;
  const known = await openHall(sql, place, at);
  if (!known.ok && known.reason === 'other-office') return refused(known.reason);
  if (known.ok && known.value.at && !open) return refused('serving');
  await writeWindow(sql, hallCode, { number, office, open, queues, run: known.ok ? known.value.window.run : 0 });
  return done(await windowAnswer(sql, place, at));
}

/** Calls who comes next by the hall's rules; without anybody who waits the answer has nobody in it. */
export async function callNextTicket(
  sql: Transaction,
  place: WindowPlace,
  at: Date,
): Promise<Result<WindowAnswer, NoWindow | 'closed' | 'serving'>> {
  const opened = await openHall(sql, place, at);
  if (!opened.ok) return opened;
  const { window, tickets, at: before } = opened.value;
  if (before) return refused('serving');
  if (!window.open) return refused('closed');
  const { rules } = await readRules(sql, place.hallCode);
  const waiting = tickets.filter(isWaiting);
  const chosen = callNext(rules, window, waiting, window.run);
  const next = waiting.find(({ number }) => number === chosen?.number);
  if (next) {
    const run = isPriority(rules, next) ? window.run + 1 : 0;
    await writeWindow(sql, place.hallCode, { ...window, run });
    const called = { ...next, state: 'called' as const, window: window.number, calls: 1, calledAt: at.toISOString() };
    await writeTicket(sql, called, null);
  }
  return done(await windowAnswer(sql, place, at));
}

/** What may happen to the ticket in front of a window, beside being called. */
export type AtWindow =
  | { readonly event: Exclude<TicketEvent, 'call'> }
  | { readonly event: 'transfer'; readonly to: string }
  | { readonly event: 'finish' };

/** Moves the ticket that a window has in front of it. */
export async function moveAtWindow(
  sql: Transaction,
  place: WindowPlace,
  move: AtWindow,
  at: Date,
): Promise<Result<WindowAnswer, NoWindow | 'nobody-there' | 'not-from-here'>> {
  const opened = await openHall(sql, place, at);
  if (!opened.ok) return opened;
  const { at: ticket } = opened.value;
  if (!ticket) return refused('nobody-there');
  const now = at.toISOString();
  if (move.event === 'finish') {
    if (ticket.state !== 'accepted') return refused('not-from-here');
    await writeTicket(sql, ticket, now);
    return done(await windowAnswer(sql, place, at));
  }
  const moved = moveTicket(ticket.state, move.event === 'transfer' ? 'put-back' : move.event);
  if (!moved.ok) return refused('not-from-here');
  await writeTicket(sql, { ...ticket, state: moved.value, ...changeBy(move, ticket, now) }, null);
  return done(await windowAnswer(sql, place, at));
}

function changeBy(move: AtWindow, { calls }: HallTicket, now: string): Partial<HallTicket> {
  switch (move.event) {
    case 'call-again':
      return { calls: calls + 1, calledAt: now };
    case 'put-back':
      // Behind all who wait now.
      return { since: now, window: undefined, calls: 0 };
    case 'transfer':
      return { queue: move.to, window: undefined, calls: 0 };
    default:
      return {};
  }
}

/** Whom the window has in front of it, and how many wait for it. */
async function windowAnswer(sql: Sql, { hallCode, window: number }: WindowPlace, at: Date): Promise<WindowAnswer> {
  const window = (await readWindows(sql, hallCode)).find((one) => one.number === number);
  const tickets = await readTickets(sql, hallCode, chinaDay(at));
  const here = tickets.find((ticket) => isAt(number, ticket));
  const waiting = tickets.filter((ticket) => isWaiting(ticket) && window?.queues.includes(ticket.queue)).length;
  const { rules } = await readRules(sql, hallCode);
  return { waiting, ...(here && { at: calledOf(here, isPriority(rules, here)) }) };
}

function calledOf(ticket: HallTicket, priority: boolean): NonNullable<WindowAnswer['at']> {
  const { id, number, queue, itemCode, calls } = ticket;
  return { ticket: id, number, queue, itemCode, calls, priority };
}
