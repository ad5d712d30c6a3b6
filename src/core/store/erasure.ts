import type { Database } from 'better-sqlite3';
import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Result } from '../../domain/result.ts';
import { done } from '../../domain/result.ts';
import type { PageFiles } from '../case/page-files.ts';
import { hallTime } from '../hall-time.ts';
import { ERASE_BATCH, ERASE_EVERY_MS, ERASE_GRACE_MS } from '../limits.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { SupplementRecords } from '../supplement/supplement-records.ts';
import type { Transact } from './transact.ts';
import type { WriteFailure } from './write-failure.ts';

export interface ErasureDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly outbox: Outbox;
  readonly pages: Pick<PageFiles, 'remove'>;
  readonly database: Database;
  readonly supplements: Pick<SupplementRecords, 'erasable' | 'erase'>;
}

/** Lets go of what the platform has had for longer than the time of grace: sealed content, its key, the page's file. */
export class Erasure {
  readonly #deps: ErasureDeps;

  constructor(deps: ErasureDeps) {
    this.#deps = deps;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps;
    while (!signal.aborted) {
      const erased = this.eraseDue();
      if (!erased.ok) log('core.write-failed', { what: 'erasure', cause: erased.reason });
      else if (erased.value > 0) log('core.erased', { records: erased.value });
      await clock.delay(ERASE_EVERY_MS, signal).catch(() => undefined);
    }
  }

  /** Answers how many records that were. What a power cut leaves is due again at the next call. */
  eraseDue(): Result<number, WriteFailure> {
    const { clock, transact, outbox, database } = this.#deps;
    const now = clock.now();
    const corrected = transact(() => outbox.correctArrivals(hallTime(now)));
    if (!corrected.ok) return corrected;
    const before = hallTime(new Date(now.getTime() - ERASE_GRACE_MS));
    let records = 0;
    for (;;) {
      const due = outbox.erasable(before, ERASE_BATCH);
      if (due.length === 0) break;
      // The file first: a page without a row would be found by nobody but the next start.
      for (const { id, step } of due) {
        const removed = step === 'scan' ? this.#deps.pages.remove(id) : done();
        if (!removed.ok) return removed;
      }
      const erased = transact(() => {
        for (const { id } of due) outbox.erase(id);
      });
      if (!erased.ok) return erased;
      records += due.length;
    }
    const supplements = this.#eraseSupplements(before);
    if (!supplements.ok) return supplements;
    records += supplements.value;
    // The write-ahead log still has what was just overwritten in the file.
    if (records > 0) database.pragma('wal_checkpoint(TRUNCATE)');
    return done(records);
  }

  #eraseSupplements(before: string): Result<number, WriteFailure> {
    const { transact, supplements, pages } = this.#deps;
    const due = supplements.erasable(before);
    for (const { id, pages: ids } of due) {
      for (const page of ids) {
        const removed = pages.remove(page);
        if (!removed.ok) return removed;
      }
      const erased = transact(() => supplements.erase(id));
      if (!erased.ok) return erased;
    }
    return done(due.length);
  }
}
