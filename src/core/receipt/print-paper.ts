import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../contract/clock.ts';
import type { PrintOutcome } from '../../contract/device-api.ts';
import type { EventLog } from '../../contract/log.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { DeviceLink } from '../device/device-link.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { Transact } from '../store/transact.ts';
import type { PrintJobs } from './print-jobs.ts';

export interface PaperDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly jobs: PrintJobs;
  readonly devices: Pick<DeviceLink, 'print' | 'startPrint'>;
}

/** A paper that the printer is readied for. */
export interface ReadyPaper {
  /** Prints it, once. */
  print(): Promise<PrintOutcome>;
}

/**
 * The printer is asked and readied while the job goes on record: it is there before paper moves, and its outcome after. A
 * record that fails stops no paper.
 *
 * @param recordId what it is a paper of
 */
export function readyPaper(deps: PaperDeps, recordId: string, document: PrintDocument): ReadyPaper {
  const { clock, random, log, transact, jobs, devices } = deps;
  const now = clock.now();
  const id = makeUuidV7(now, random);
  const record = (write: () => void) => {
    const written = transact(write);
    if (!written.ok) log('core.write-failed', { what: 'print-job', cause: written.reason });
  };
  const ended = devices.print(id, document);
  // In a turn of its own, so that the job is on its way while the disk syncs.
  const recorded = setImmediate().then(() => record(() => jobs.start(id, recordId, hallTime(now))));
  let started = false;
  void Promise.all([ended, recorded]).then(() => {
    if (!started) record(() => jobs.end(id, 'failed', 'not-started'));
  });
  return {
    async print() {
      started = true;
      await recorded;
      void devices.startPrint(id);
      const outcome = await ended;
      if (outcome.ok) {
        record(() => jobs.end(id, outcome.value));
        log('core.print-ended', { outcome: outcome.value });
      } else {
        record(() => jobs.end(id, 'failed', outcome.reason));
        log('core.print-ended', { outcome: 'failed', reason: outcome.reason });
      }
      return outcome;
    },
  };
}
