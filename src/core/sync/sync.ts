import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { CaseRecords } from '../case/case-records.ts';
import type { PageFiles } from '../case/page-files.ts';
import type { Random } from '../identifiers.ts';
import { hallTime } from '../hall-time.ts';
import { RETRY_CAP_MS, RETRY_FIRST_MS } from '../limits.ts';
import type { Outbox, OutboxRow } from '../outbox/outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { Seal } from '../store/seal.ts';
import { retryWait } from './backoff.ts';
import { readRecord, type ReadyRecord } from './outgoing.ts';
import type { Outcome, PlatformClient } from './platform-client.ts';
import type { Reachability } from './reachability.ts';
import { Wake, waitOrWake } from './wake.ts';

export interface SyncDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Outbox;
  readonly cases: CaseRecords;
  readonly pages: PageFiles;
  readonly seal: Seal;
  readonly platform: PlatformClient;
  readonly reachability: Reachability;
  /** Something moved: counts have to be shown anew. */
  readonly onChange: () => void;
}

/** What the platform said to a record that arrived. */
type Arrival = { readonly receivedAt: string; readonly officialNumber?: string };

/**
 * Sends the outbox, one record at a time, as long as the platform is there. Sleeps until a record is due, a new one came
 * or the platform is back.
 */
export class Sync {
  readonly #deps: SyncDeps;
  readonly #wake = new Wake();

  constructor(deps: SyncDeps) {
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

  async #deliver(row: OutboxRow, signal: AbortSignal): Promise<void> {
    const { seal, pages } = this.#deps;
    const record = readRecord(row, seal, pages);
    if (!record.ok) {
      await this.#settle(row, { kind: 'needs-staff', reason: record.reason }, signal);
      return;
    }
    const outcome = await this.#send(row.id, record.value, signal);
    // The store may be closed by now; what arrived goes once more, and its key makes that harmless.
    if (signal.aborted) return;
    await this.#settle(row, outcome, signal);
  }

  #send(key: string, record: ReadyRecord, signal: AbortSignal): Promise<Outcome<Arrival>> {
    const { platform } = this.#deps;
    switch (record.step) {
      case 'case':
        return platform.submitCase(key, record.content, signal);
      case 'scan':
        return platform.submitScan(key, record.content, signal);
      default:
        return platform.submitRating(key, record.content, signal);
    }
  }

  /** Writes down what became of a try. When even that fails the record simply goes again: its key makes that harmless. */
  async #settle(
    row: OutboxRow,
    outcome: Outcome<Arrival> | { kind: 'needs-staff'; reason: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, log, transact, pages, onChange, reachability } = this.#deps;
    const written = transact(() => this.#record(row, outcome));
    if (!written.ok) {
      log('core.write-failed', { what: 'outbox', cause: written.reason });
      await waitOrWake(clock, RETRY_FIRST_MS, new Wake(), signal);
      return;
    }
    if (outcome.kind === 'done' && row.step === 'scan') pages.remove(row.id);
    if (outcome.kind === 'retry' && outcome.reason !== 'in-progress') reachability.doubt();
    onChange();
  }

  #record(row: OutboxRow, outcome: Outcome<Arrival> | { kind: 'needs-staff'; reason: string }): void {
    const { clock, random, log, outbox, cases } = this.#deps;
    const { id, step } = row;
    switch (outcome.kind) {
      case 'done': {
        const { officialNumber, receivedAt } = outcome.value;
        outbox.markDone(id, hallTime(clock.now()));
        if (officialNumber !== undefined) cases.bind(row.caseId, officialNumber, receivedAt);
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
