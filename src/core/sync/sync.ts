import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Random } from '../identifiers.ts';
import { hallTime } from '../hall-time.ts';
import { RETRY_CAP_MS, RETRY_FIRST_MS } from '../limits.ts';
import type { Deliveries, DeliveryRow } from '../outbox/deliveries.ts';
import type { Transact } from '../store/transact.ts';
import { retryWait } from './backoff.ts';
import type { Outcome } from './platform-client.ts';
import type { Reachability } from './reachability.ts';
import { Wake, waitOrWake } from './wake.ts';

/** How a kind of records gets to the platform. */
export interface Courier<R extends DeliveryRow, A> {
  /** `needs-staff` without a request when the record itself cannot be read. */
  send(row: R, signal: AbortSignal): Promise<Sent<A>>;
  /** It arrived: in the transaction that writes so down. */
  arrived(row: R, answer: A): void;
}
export type Sent<A> = Outcome<A> | { readonly kind: 'needs-staff'; readonly reason: string };

export interface SyncDeps<R extends DeliveryRow, A> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Deliveries<R>;
  readonly courier: Courier<R, A>;
  readonly reachability: Reachability;
  /** Something moved: counts have to be shown anew. */
  readonly onChange: () => void;
}

/**
 * Sends an outbox, one record at a time, as long as the platform is there. Sleeps until a record is due, a new one came
 * or the platform is back.
 */
export class Sync<R extends DeliveryRow, A> {
  readonly #deps: SyncDeps<R, A>;
  readonly #wake = new Wake();

  constructor(deps: SyncDeps<R, A>) {
    this.#deps = deps;
    deps.reachability.onChange((state) => {
      if (state === 'reachable') this.#bringForward();
      this.#wake.call();
      deps.onChange();
    });
  }

  /** A new record was committed. */
  wake(): void {
    this.#wake.call();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, outbox, reachability } = this.#deps;
    while (!signal.aborted) {
      const row = reachability.state === 'reachable' ? outbox.nextDue(clock.now().getTime()) : undefined;
      if (row) {
        await this.#deliver(row, signal);
        continue;
      }
      const dueAt = reachability.state === 'reachable' ? outbox.nextAttemptAt() : undefined;
      let wait = dueAt === undefined ? undefined : dueAt - clock.now().getTime();
      if (wait !== undefined && wait > RETRY_CAP_MS) {
        // No wait is that long: the clock was set back, as by the first time signal after an empty clock battery.
        this.#bringForward();
        wait = RETRY_FIRST_MS;
      }
      await waitOrWake(clock, wait, this.#wake, signal);
    }
  }

  /** Sends what is due, each record once, whether or not the platform was seen; for programs that end soon. */
  async sendDue(signal: AbortSignal): Promise<void> {
    const { clock, outbox } = this.#deps;
    const now = clock.now().getTime();
    for (let left = outbox.counts().waiting; left > 0 && !signal.aborted; left -= 1) {
      const row = outbox.nextDue(now);
      if (row) await this.#deliver(row, signal);
    }
  }

  async #deliver(row: R, signal: AbortSignal): Promise<void> {
    const outcome = await this.#deps.courier.send(row, signal);
    // The store may be closed by now; what arrived goes once more, and its key makes that harmless.
    if (signal.aborted) return;
    await this.#settle(row, outcome, signal);
  }

  /** Writes down what became of a try. When even that fails the record simply goes again: its key makes that harmless. */
  async #settle(row: R, outcome: Sent<A>, signal: AbortSignal): Promise<void> {
    const { clock, log, transact, onChange, reachability } = this.#deps;
    const written = transact(() => this.#record(row, outcome));
    if (!written.ok) {
      log('core.write-failed', { what: 'outbox', cause: written.reason });
      await waitOrWake(clock, RETRY_FIRST_MS, new Wake(), signal);
      return;
    }
    if (outcome.kind === 'retry' && outcome.reason !== 'in-progress') reachability.doubt();
    onChange();
  }

  #record(row: R, outcome: Sent<A>): void {
    const { clock, random, log, outbox, courier } = this.#deps;
    const { id, step } = row;
    switch (outcome.kind) {
      case 'done': {
        outbox.markDone(id, hallTime(clock.now()));
        courier.arrived(row, outcome.value);
        log('core.delivered', { step, record: id, attempts: row.attempts + 1 });
        return;
      }
      case 'retry': {
        const waitMs = retryWait(row.attempts, random.fraction(), outcome.afterMs);
        outbox.postpone(id, clock.now().getTime() + waitMs, outcome.reason);
        log('core.delivery-postponed', {
          step,
          record: id,
          reason: outcome.reason,
          attempts: row.attempts + 1,
          waitMs,
        });
        return;
      }
      default:
        outbox.park(id, outcome.reason);
        log('core.delivery-parked', { step, record: id, reason: outcome.reason });
    }
  }

  /** After an outage: soon, and not all kiosks in the same second. */
  #bringForward(): void {
    const { clock, random, transact, outbox, log } = this.#deps;
    const until = clock.now().getTime() + Math.floor(random.fraction() * RETRY_FIRST_MS);
    const written = transact(() => outbox.bringForward(until));
    if (!written.ok) log('core.write-failed', { what: 'outbox', cause: written.reason });
  }
}
