import type { Clock } from '../contract/clock.ts';
import type { EventLog } from '../contract/log.ts';
import { hallTime } from './hall-time.ts';
import { RENEW_AFTER_MS, RENEW_HOURS, RENEW_LOOK_MS } from './limits.ts';

export interface RenewalDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  /** Somebody is being served. */
  readonly isBusy: () => boolean;
  /** Ends the process, which is then started anew. */
  readonly renew: () => void;
}

/**
 * Ends core once a night while nobody is there. What a program let go of stays in its memory until something else is written
 * over it, and nobody knows when; a new process gets memory in which there is nothing.
 */
export class Renewal {
  readonly #deps: RenewalDeps;
  readonly #startedAt: Date;

  constructor(deps: RenewalDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.now();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, isBusy, renew } = this.#deps;
    while (!signal.aborted) {
      await clock.delay(RENEW_LOOK_MS, signal).catch(() => undefined);
      if (signal.aborted || isBusy() || !isNight(clock.now(), this.#startedAt)) continue;
      log('core.renewing', {});
      renew();
      return;
    }
  }
}

/** A process that was started in the same night goes on, also when the clock was set back since. */
function isNight(now: Date, startedAt: Date): boolean {
  const hour = Number(hallTime(now).slice(11, 13));
  const isDue = now.getTime() - startedAt.getTime() >= RENEW_AFTER_MS;
  return isDue && hour >= RENEW_HOURS.from && hour < RENEW_HOURS.to;
}
