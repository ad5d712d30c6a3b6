import type { Clock } from '../../contract/clock.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { DeviceLink } from '../device/device-link.ts';
import { hallDay } from '../hall-time.ts';
import { SELF_TEST_LOOK_MS } from '../limits.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { SelfTestRecords } from './records.ts';
import type { SelfTests } from './self-tests.ts';

export interface DailySelfTestDeps {
  readonly clock: Clock;
  /** Time of the hall, `HH:MM`. */
  readonly at: string;
  /** Of a page that comes out each morning. */
  readonly testPage?: () => PrintDocument;
  readonly selfTests: Pick<SelfTests, 'run' | 'isRunning'>;
  readonly records: Pick<SelfTestRecords, 'lastOpening'>;
  readonly devices: Pick<DeviceLink, 'isTold' | 'onChange'>;
  /** Somebody is being served. */
  readonly isBusy: () => boolean;
}

/** Is the test of the day due? `last`: when the last one ended, if there was any. A time in the future is a clock that was wrong. */
export function isDue(now: Date, at: string, last: Date | undefined): boolean {
  const dueAt = Date.parse(`${hallDay(now)}T${at}:00+08:00`);
  if (now.getTime() < dueAt) return false;
  return last === undefined || last.getTime() < dueAt || last.getTime() > now.getTime();
}

/** Tries the kiosk each day before the hall opens, or as soon after it as the kiosk is on and nobody is being served. */
export class DailySelfTest {
  readonly #deps: DailySelfTestDeps;

  constructor(deps: DailySelfTestDeps) {
    this.#deps = deps;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, at, records, selfTests, isBusy } = this.#deps;
    await this.#devicesTold(signal);
    const before = records.lastOpening();
    let last = before === undefined ? undefined : new Date(before);
    while (!signal.aborted) {
      if (isDue(clock.now(), at, last) && !isBusy() && !selfTests.isRunning) {
        await this.#test(signal);
        // Also when the disk refused the report: trying again would not help.
        last = clock.now();
      }
      await waitOrWake(clock, SELF_TEST_LOOK_MS, new Wake(), signal);
    }
  }

  async #test(signal: AbortSignal): Promise<void> {
    const { selfTests, testPage } = this.#deps;
    const wish = { cause: 'opening' as const, attended: false, ...(testPage && { testPage: testPage() }) };
    const events = selfTests.run(wish, signal);
    // What each step came to is in the report.
    for (let event = await events.next(); !event.done;) event = await events.next();
  }

  /** The device process starts beside this one. Should it never come, that is what the test then says. */
  async #devicesTold(signal: AbortSignal): Promise<void> {
    const { clock, devices } = this.#deps;
    const wake = new Wake();
    devices.onChange(() => wake.call());
    if (!devices.isTold) await waitOrWake(clock, SELF_TEST_LOOK_MS, wake, signal);
  }
}
