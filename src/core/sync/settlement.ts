import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import { hallTime } from '../hall-time.ts';
import type { Random } from '../identifiers.ts';
import { GIVE_UP_AGE_MS, GIVE_UP_ATTEMPTS, OTHERS_TAKEN_MS, SETTLE_BATCH, SETTLE_WITHIN_MS } from '../limits.ts';
import type { Deliveries, DeliveryRow } from '../outbox/deliveries.ts';
import type { Transact } from '../store/transact.ts';
import { retryWait } from './backoff.ts';
import { isVersionGap } from './spoken-versions.ts';
import type { Courier, Sent } from './courier.ts';
import { Wake, waitOrWake } from './wake.ts';

export interface SettlementDeps<R extends DeliveryRow, A> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Deliveries<R>;
  readonly courier: Pick<Courier<R, A>, 'arrived'>;
  readonly target?: string;
}

interface Tried<R, A> {
  readonly row: R;
  readonly outcome: Sent<A>;
}

/**
 * Writes down what became of tries, as long as more of them end in quick succession several in one transaction, since each
 * one waits for the disk. As long as one is not written down its record counts as waiting: when the writing fails, or the power, it
 * goes again, and its key makes that harmless.
 */
export class Settlement<R extends DeliveryRow, A> {
  readonly #deps: SettlementDeps<R, A>;
  #open: Tried<R, A>[] = [];
  #batch: Promise<boolean> | undefined;
  readonly #wake = new Wake();
  #lastTakenAt = Number.NEGATIVE_INFINITY;

  constructor(deps: SettlementDeps<R, A>) {
    this.#deps = deps;
  }

  /** Answers, in moments, whether it is on the disk; after the signal nothing is written any more. */
  settle(tried: Tried<R, A>, signal: AbortSignal): Promise<boolean> {
    this.#open.push(tried);
    this.#batch ??= this.#gather(signal);
    if (this.#open.length >= SETTLE_BATCH) this.#wake.call();
    return this.#batch;
  }

  /** Nothing more is coming: what there is need not wait. */
  hurry(): void {
    if (this.#open.length > 0) this.#wake.call();
  }

  async #gather(signal: AbortSignal): Promise<boolean> {
    await waitOrWake(this.#deps.clock, SETTLE_WITHIN_MS, this.#wake, signal);
    return !signal.aborted && this.#write();
  }

  #write(): boolean {
    const { transact, log } = this.#deps;
    const batch = this.#open;
    this.#open = [];
    this.#batch = undefined;
    const written = transact(() => batch.map((tried) => this.#record(tried)));
    if (written.ok) for (const tell of written.value) tell();
    else log('core.write-failed', { what: 'outbox', cause: written.reason });
    return written.ok;
  }

  /** Answers how to tell of it, once it is committed. */
  #record({ row, outcome }: Tried<R, A>): () => void {
    const { clock, random, log, outbox, courier, target } = this.#deps;
    const { id: record } = row;
    const what = { step: row.step, ...(target !== undefined && { target }) };
    const attempts = row.attempts + 1;
    const now = clock.now();
    const park = (kind: string, reason: string) => {
      outbox.park(record, reason);
      return () => log('core.delivery-parked', { ...what, record, reason, outcome: kind });
    };
    switch (outcome.kind) {
      case 'done':
        outbox.markDone(record, hallTime(now));
        courier.arrived(row, outcome.value);
        this.#lastTakenAt = now.getTime();
        return () => log('core.delivered', { ...what, record, attempts });
      case 'retry': {
        if (!isVersionGap(outcome.reason) && this.#isHopeless(row, now.getTime()))
          return park('needs-staff', `gave-up:${outcome.reason}`);
        const waitMs = retryWait(row.attempts, random.fraction(), outcome.afterMs);
        // Waiting for an update is no failure of the record; by so many tries its waits have long been the longest.
        const mostTries = isVersionGap(outcome.reason) ? GIVE_UP_ATTEMPTS / 2 : undefined;
        outbox.postpone(record, now.getTime() + waitMs, outcome.reason, mostTries);
        return () => log('core.delivery-postponed', { ...what, record, reason: outcome.reason, attempts, waitMs });
      }
      default:
        return park(outcome.kind, outcome.reason);
    }
  }

  /** Nothing is tried for ever; but that the platform takes nothing at all is no fault of a record. */
  #isHopeless({ attempts, createdAt }: R, now: number): boolean {
    if (attempts + 1 < GIVE_UP_ATTEMPTS) return false;
    return now - this.#lastTakenAt < OTHERS_TAKEN_MS || now - Date.parse(createdAt) > GIVE_UP_AGE_MS;
  }
}
