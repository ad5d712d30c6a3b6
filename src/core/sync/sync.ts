import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Random } from '../identifiers.ts';
import { LONGEST_DUE_EVERY, RETRY_CAP_MS, RETRY_FIRST_MS, SETTLE_BATCH, SYNC_LANES } from '../limits.ts';
import type { Deliveries, DeliveryRow } from '../outbox/deliveries.ts';
import type { Transact } from '../store/transact.ts';
import type { Courier } from './courier.ts';
import type { Reachability } from './reachability.ts';
import { Settlement } from './settlement.ts';
import { Wake, waitOrWake } from './wake.ts';

export interface SyncDeps<R extends DeliveryRow, A> {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Deliveries<R>;
  readonly courier: Courier<R, A>;
  readonly reachability: Reachability;
  /** Where they go, in the log, unless to the platform. */
  readonly target?: string;
  /** Something moved: counts have to be shown anew. */
  readonly onChange: () => void;
}

/**
 * Sends an outbox as long as the platform is there: the records of one lane one after the other, those of several lanes at
 * once. Only records under way are in memory. Sleeps until a record is due, a new one came or the platform is back.
 */
export class Sync<R extends DeliveryRow, A> {
  readonly #deps: SyncDeps<R, A>;
  readonly #settlement: Settlement<R, A>;
  readonly #wake = new Wake();
  /** The lanes of which a record is under way, or came back and is not settled yet. */
  readonly #busy = new Set<string>();
  #underWay = 0;
  /** How many may be under way: one after a failure, one more with each arrival, so that a platform that recovers is not run over. */
  #width = 1;
  #begun = 0;
  /** The disk did not take what became of a record: none is begun for a moment. */
  #isResting = false;
  #bug: { readonly error: unknown } | undefined;

  constructor(deps: SyncDeps<R, A>) {
    this.#deps = deps;
    this.#settlement = new Settlement(deps);
    deps.reachability.onChange((state) => {
      this.#width = 1;
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
    const { clock, reachability } = this.#deps;
    while (!signal.aborted) {
      // Looked at once for both: what falls due in between would be neither begun nor waited for.
      const now = clock.now().getTime();
      const { sendsIn } = reachability;
      this.#begin(now, sendsIn, signal);
      await waitOrWake(clock, this.#pause(now, sendsIn), this.#wake, signal);
      if (this.#bug) throw this.#bug.error;
    }
  }

  /** Sends what is due, each record once, whether or not the platform was seen; for programs that end soon. */
  async sendDue(signal: AbortSignal): Promise<void> {
    const { clock, outbox, reachability } = this.#deps;
    const now = clock.now().getTime();
    for (let left = outbox.counts().waiting; left > 0 && !signal.aborted; left -= 1) {
      const row = reachability.state === 'unreachable' ? undefined : outbox.nextDue(now);
      if (!row) return;
      await this.#deliver(row, signal);
    }
  }

  /** Fills the free lanes with what is due. */
  #begin(now: number, sendsIn: number | undefined, signal: AbortSignal): void {
    const { outbox } = this.#deps;
    if (this.#isResting || sendsIn !== 0) return;
    while (this.#underWay < this.#width && this.#busy.size < SYNC_LANES + SETTLE_BATCH) {
      const order = (this.#begun + 1) % LONGEST_DUE_EVERY === 0 ? 'longest-due' : 'deadline';
      const row = outbox.nextDue(now, this.#busy, order);
      if (!row) return;
      this.#begun += 1;
      this.#busy.add(outbox.laneOf(row));
      void this.#runLane(row, signal);
    }
  }

  async #runLane(row: R, signal: AbortSignal): Promise<void> {
    try {
      await this.#deliver(row, signal);
    } catch (error) {
      // Thrown on where somebody waits for it.
      this.#bug ??= { error };
    } finally {
      this.#busy.delete(this.#deps.outbox.laneOf(row));
      this.#wake.call();
    }
  }

  async #deliver(row: R, signal: AbortSignal): Promise<void> {
    const { clock, courier, reachability, onChange } = this.#deps;
    this.#underWay += 1;
    const outcome = await reachability
      .through(() => courier.send(row, signal))
      .finally(() => {
        this.#underWay -= 1;
      });
    // The store may be closed by now; what arrived goes once more, and its key makes that harmless.
    if (signal.aborted) return;
    if (outcome.kind === 'retry' && outcome.reason !== 'in-progress') this.#width = 1;
    else if (outcome.kind === 'done') this.#width = Math.min(SYNC_LANES, this.#width + 1);
    const settled = this.#settlement.settle({ row, outcome }, signal);
    // The lanes that are free now are filled first.
    this.#wake.call();
    setImmediate(() => {
      if (this.#underWay === 0) this.#settlement.hurry();
    });
    const written = await settled;
    if (signal.aborted) return;
    if (written) {
      onChange();
      return;
    }
    this.#isResting = true;
    await waitOrWake(clock, RETRY_FIRST_MS, new Wake(), signal);
    this.#isResting = false;
  }

  /** How long there is nothing to begin; nothing when only a ring can change that. */
  #pause(now: number, sendsIn: number | undefined): number | undefined {
    const { outbox } = this.#deps;
    if (this.#isResting || sendsIn === undefined || this.#underWay >= this.#width) return undefined;
    if (sendsIn > 0) return sendsIn;
    const dueAt = outbox.nextAttemptAt(now);
    if (dueAt === undefined) return undefined;
    if (dueAt - now <= RETRY_CAP_MS) return dueAt - now;
    // No wait is that long: the clock was set back, as by the first time signal after an empty clock battery.
    this.#bringForward();
    return RETRY_FIRST_MS;
  }

  /** What failed before goes when sending begins again. */
  #bringForward(): void {
    const { clock, transact, outbox, log, reachability } = this.#deps;
    const until = clock.now().getTime() + (reachability.sendsIn ?? 0);
    const written = transact(() => outbox.bringForward(until));
    if (!written.ok) log('core.write-failed', { what: 'outbox', cause: written.reason });
  }
}
