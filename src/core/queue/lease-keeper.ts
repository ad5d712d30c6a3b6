import type { Clock } from '../../contract/clock.ts';
import type { KioskConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { QueueLeaseRequest } from '../../contract/queue-records.ts';
import { hallDayFrom } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import {
  QUEUE_LEASE_COUNT,
  QUEUE_LOOK_MS,
  QUEUE_LOW_WATER,
  QUEUE_TICKET_KEPT_DAYS,
  RETRY_CAP_MS,
  RETRY_FIRST_MS,
} from '../limits.ts';
import type { Transact } from '../store/transact.ts';
import { retryWait } from '../sync/backoff.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { QueueLeases, QueuePlace } from './queue-leases.ts';
import type { QueueTickets } from './queue-tickets.ts';

export interface LeaseKeeperDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly config: Pick<KioskConfig, 'kioskId' | 'hall' | 'queues'>;
  readonly transact: Transact;
  readonly leases: QueueLeases;
  readonly tickets: QueueTickets;
  readonly platform: Pick<PlatformClient, 'leaseQueueNumbers'>;
  readonly reachability: Reachability;
  /** There are other numbers now. */
  readonly onChange: () => void;
}

/**
 * Sees to it that there are numbers to give, early enough to go on without the platform for a while: of each queue for today
 * and for tomorrow. What it asks for is on the disk first, so that an answer that a crash swallowed is asked for again and
 * is the same.
 */
export class LeaseKeeper {
  readonly #deps: LeaseKeeperDeps;
  readonly #wake = new Wake();
  /** Tries of the request that is next, and when it may go. */
  #attempts = 0;
  #restUntil = 0;

  constructor(deps: LeaseKeeperDeps) {
    this.#deps = deps;
    deps.reachability.onChange(() => this.#wake.call());
  }

  /** A number was given. */
  wake(): void {
    this.#wake.call();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, reachability } = this.#deps;
    if (this.#queues.length === 0) return;
    while (!signal.aborted) {
      let pause = this.#prepare() ? QUEUE_LOOK_MS : RETRY_FIRST_MS;
      if (reachability.state === 'reachable') pause = Math.min(pause, await this.#send(signal));
      await waitOrWake(clock, pause, this.#wake, signal);
    }
  }

  get #queues(): readonly string[] {
    return (this.#deps.config.queues ?? []).map(({ prefix }) => prefix);
  }

  /** Forgets what is over and notes down what is missing. Answers whether the disk took that. */
  #prepare(): boolean {
    const { clock, random, log, transact, leases, tickets } = this.#deps;
    const now = clock.now();
    const missing = this.#missing(now);
    if (missing.length === 0) return true;
    const written = transact(() => {
      leases.forget(hallDayFrom(now, 0));
      tickets.forget(hallDayFrom(now, -QUEUE_TICKET_KEPT_DAYS));
      for (const place of missing) leases.ask({ ...place, id: makeUuidV7(now, random), count: QUEUE_LEASE_COUNT });
    });
    if (!written.ok) log('core.write-failed', { what: 'queue-lease', cause: written.reason });
    return written.ok;
  }

  #missing(now: Date): QueuePlace[] {
    const { config, leases } = this.#deps;
    return [0, 1].flatMap((ahead) =>
      this.#queues
        .map((queue) => ({ kioskId: config.kioskId, hallCode: config.hall.code, day: hallDayFrom(now, ahead), queue }))
        .filter((place) => leases.left(place).count < QUEUE_LOW_WATER && !leases.isAsked(place)),
    );
  }

  /** How long to wait after it. */
  async #send(signal: AbortSignal): Promise<number> {
    const { clock, random, leases, platform, reachability } = this.#deps;
    const now = clock.now();
    const rest = this.#restUntil - now.getTime();
    // It never was more: the clock was set back meanwhile.
    if (rest > 0 && rest <= Math.max(QUEUE_LOOK_MS, RETRY_CAP_MS)) return rest;
    for (const request of leases.asked(hallDayFrom(now, 0))) {
      const outcome = await reachability.through(() => platform.leaseQueueNumbers(request.id, request, signal));
      // The store may be closed by now; the key of the request makes asking again harmless.
      if (signal.aborted) return 0;
      if (outcome.kind === 'retry') {
        const wait = retryWait(this.#attempts, random.fraction(), outcome.afterMs);
        this.#attempts += 1;
        this.#restUntil = clock.now().getTime() + wait;
        return wait;
      }
      this.#attempts = 0;
      // A refusal is not asked about again with each ticket.
      if (outcome.kind !== 'done') this.#restUntil = clock.now().getTime() + QUEUE_LOOK_MS;
      if (!this.#settle(request, outcome.kind === 'done' ? outcome.value : outcome.reason)) return RETRY_FIRST_MS;
    }
    return QUEUE_LOOK_MS;
  }

  #settle(request: QueueLeaseRequest, answer: { readonly first: number; readonly last: number } | string): boolean {
    const { log, transact, leases } = this.#deps;
    const { id, queue, day } = request;
    const written = transact(() => {
      if (typeof answer !== 'string') return leases.grant(request, answer) ? undefined : 'given-before';
      leases.drop(id);
      return answer;
    });
    if (!written.ok) log('core.write-failed', { what: 'queue-lease', cause: written.reason });
    else if (written.value !== undefined) log('core.queue-lease-refused', { queue, day, reason: written.value });
    else if (typeof answer !== 'string')
      log('core.queue-leased', { queue, day, count: answer.last - answer.first + 1 });
    this.#deps.onChange();
    return written.ok;
  }
}
