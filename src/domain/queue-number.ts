import { z } from 'zod';
import { ticketStates } from './queue/rules.ts';

/** The letters that the numbers of a queue begin with. */
export const queuePrefix = z.string().regex(/^[A-Z]{1,2}$/);

/**
 * What becomes of a queue ticket: not yet called, called, the person is being served, or worth nothing any more. A kiosk
 * only knows the first; the others are the counters' word.
 */
export const ticketState = z.enum(ticketStates);

/** As it stands on the paper and is called out: A012. From the thousandth on it has four digits. */
export function queueNumber(prefix: string, serial: number): string {
  return `${prefix}${String(serial).padStart(3, '0')}`;
}

/** What a counter's reader takes for a ticket, in printable ASCII: day and number, 261122-A012. `day`: YYYY-MM-DD. */
export function ticketCode(day: string, number: string): string {
  return `${day.slice(2).replaceAll('-', '')}-${number}`;
}
