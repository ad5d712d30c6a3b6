import { createHmac } from 'node:crypto';
import type { Clock } from '../../contract/clock.ts';
import type { QueueConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import { admit, type TakenTicket, type TicketRefusal } from '../../domain/queue/rules.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { hallDay, hallTime } from '../hall-time.ts';
import type { Random } from '../identifiers.ts';
import type { QueueTickets } from './queue-tickets.ts';

export interface AdmissionsDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly tickets: Pick<QueueTickets, 'count'>;
}

/** Who wants a ticket, as far as the visit knows. */
export interface TicketTaker {
  readonly person?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * Whether a queue's rules let somebody have a number of it. How many were given today is read from the store; who took them is
 * known in memory only, and there as keys that nobody can turn back: with the process, at the latest in the night, the limits
 * by person and phone begin anew. Limits are this kiosk's own, since without the platform it knows of no other.
 */
export class Admissions {
  readonly #deps: AdmissionsDeps;
  readonly #secret: Buffer;
  readonly #given = new Map<string, { readonly day: string; readonly tickets: TakenTicket[] }>();

  constructor(deps: AdmissionsDeps) {
    this.#deps = deps;
    this.#secret = deps.random.bytes(32);
  }

  admit({ prefix, admission }: QueueConfig, who: TicketTaker): Result<undefined, TicketRefusal | 'appointment'> {
    if (!admission) return done();
    const { clock, log, tickets } = this.#deps;
    const now = clock.now();
    const day = hallDay(now);
    const known = this.#today(prefix, day);
    const others = Math.max(0, tickets.count(day, prefix) - known.length);
    const taken = [...known, ...Array.from({ length: others }, (): TakenTicket => ({ state: 'not-called' }))];
    const admitted = admit(admission, taken, { time: hallTime(now).slice(11, 16), ...this.#keysOf(who) });
    if (admitted.ok && admitted.value === 'ticket') return done();
    const reason = admitted.ok ? 'appointment' : admitted.reason;
    log('core.ticket-refused', { queue: prefix, reason });
    return refused(reason);
  }

  /** They have a ticket of it now. */
  gave({ prefix }: QueueConfig, who: TicketTaker): void {
    this.#today(prefix, hallDay(this.#deps.clock.now())).push({ state: 'not-called', ...this.#keysOf(who) });
  }

  #today(prefix: string, day: string): TakenTicket[] {
    const known = this.#given.get(prefix);
    if (known?.day === day) return known.tickets;
    const tickets: TakenTicket[] = [];
    this.#given.set(prefix, { day, tickets });
    return tickets;
  }

  #keysOf({ person, phone }: TicketTaker): Pick<TakenTicket, 'person' | 'phone'> {
    return {
      ...(person !== undefined && { person: this.#keyOf(`person ${person}`) }),
      ...(phone !== undefined && { phone: this.#keyOf(`phone ${phone}`) }),
    };
  }

  #keyOf(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64');
  }
}
