import { setImmediate } from 'node:timers/promises';
import en from '../../../resources/messages/receipt.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/receipt.zh-CN.json' with { type: 'json' };
import type { Clock } from '../../contract/clock.ts';
import type { PrintOutcome } from '../../contract/device-api.ts';
import type { EventLog } from '../../contract/log.ts';
import { createText, type Locale, type Text } from '../../domain/messages.ts';
import { composeReceipt, type ReceiptKey } from '../../domain/receipt.ts';
import type { CaseRecords } from '../case/case-records.ts';
import type { DeviceLink } from '../device/device-link.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import { RECEIPT_READY_MS } from '../limits.ts';
import type { HandedInCase } from '../session/visits.ts';
import type { Transact } from '../store/transact.ts';
import type { PrintJobs } from './print-jobs.ts';

const texts: Readonly<Record<Locale, Text<ReceiptKey>>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};

export interface ReceiptDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly jobs: PrintJobs;
  readonly cases: Pick<CaseRecords, 'find'>;
  readonly devices: Pick<DeviceLink, 'print' | 'startPrint'>;
}

/** A receipt that the printer is readied for. */
export interface ReadyReceipt {
  /** Prints it, once. */
  print(): Promise<PrintOutcome>;
  /** It is this receipt, and the printer has not been made to wait for so long that it may have given the job up. */
  fits(handedIn: HandedInCase, locale: Locale): boolean;
}

/**
 * The printer is asked and readied while the job goes on record: it is there before paper moves, and its outcome after. A
 * record that fails stops no paper.
 */
export function readyReceipt(deps: ReceiptDeps, handedIn: HandedInCase, locale: Locale): ReadyReceipt {
  const { clock, random, log, transact, jobs, cases, devices } = deps;
  const now = clock.now();
  const id = makeUuidV7(now, random);
  const record = (write: () => void) => {
    const written = transact(write);
    if (!written.ok) log('core.write-failed', { what: 'print-job', cause: written.reason });
  };
  // Printed again after the platform answered, it says both numbers.
  const officialNumber = cases.find(handedIn.answer.provisionalNumber)?.officialNumber ?? undefined;
  const ended = devices.print(id, composeReceipt({ ...handedIn.receipt, officialNumber }, texts[locale]));
  // In a turn of its own, so that the job is on its way while the disk syncs.
  const recorded = setImmediate().then(() => record(() => jobs.start(id, handedIn.caseId, hallTime(now))));
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
    fits: (otherCase, otherLocale) =>
      otherCase === handedIn && otherLocale === locale && clock.now().getTime() - now.getTime() < RECEIPT_READY_MS,
  };
}
