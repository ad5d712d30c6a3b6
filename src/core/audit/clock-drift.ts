import type { EventLog } from '../../contract/log.ts';
import { judgeClock, readClock } from '../../domain/clock-drift.ts';
import { CLOCK_DRIFT_LIMIT_MS } from '../limits.ts';
import type { Notice } from '../status/notices.ts';
import type { Transact } from '../store/transact.ts';
import type { AuditTrail } from './audit-trail.ts';

export interface ClockDriftDeps {
  readonly log: EventLog;
  readonly transact: Transact;
  readonly audit: Pick<AuditTrail, 'append' | 'last'>;
  /** The verdict changed. */
  readonly onChange: () => void;
}

/**
 * Whether the kiosk's clock can be believed, by the platform's. The last verdict holds until there is another one, also over a
 * restart without the platform: records of a kiosk whose clock was found wrong are marked until it was found right.
 */
export class ClockDrift {
  readonly #deps: ClockDriftDeps;
  #seconds: number | undefined;

  constructor(deps: ClockDriftDeps) {
    this.#deps = deps;
    const wrong = deps.audit.last('clock-suspect');
    const right = deps.audit.last('clock-right');
    if (wrong && wrong.sequence > (right?.sequence ?? 0)) this.#seconds = Number.parseInt(wrong.outcome, 10);
  }

  /** To be put into a record whose times are by this clock; nothing while the clock is right. */
  get mark(): { readonly clockSuspect?: { readonly driftSeconds: number } } {
    return this.#seconds === undefined ? {} : { clockSuspect: { driftSeconds: this.#seconds } };
  }

  get notice(): Notice | undefined {
    const seconds = this.#seconds;
    return seconds === undefined
      ? undefined
      : { kind: 'clock-suspect', detail: `${seconds > 0 ? '+' : ''}${seconds} s` };
  }

  /** The platform said its time between two moments of ours. */
  readonly heard = (time: string, askedAt: Date, answeredAt: Date): void => {
    const reading = readClock(askedAt, new Date(time), answeredAt);
    if (!reading) return;
    const verdict = judgeClock(reading, CLOCK_DRIFT_LIMIT_MS);
    const seconds = Math.round(reading.driftMs / 1_000);
    if (verdict === 'wrong') this.#becomeWrong(seconds);
    else if (verdict === 'right' && this.#seconds !== undefined) this.#becomeRight(seconds);
  };

  #becomeWrong(seconds: number): void {
    const before = this.#seconds;
    this.#seconds = seconds;
    // Once for each time it goes wrong, and again when it was set to another wrong time.
    if (before !== undefined && Math.abs(before - seconds) * 1_000 <= CLOCK_DRIFT_LIMIT_MS) return;
    this.#tell('clock-suspect', seconds);
  }

  #becomeRight(seconds: number): void {
    this.#seconds = undefined;
    this.#tell('clock-right', seconds);
  }

  #tell(what: 'clock-suspect' | 'clock-right', driftSeconds: number): void {
    const { log, transact, audit, onChange } = this.#deps;
    log(`core.${what}`, { driftSeconds });
    const written = transact(() =>
      audit.append({ who: 'process:core', what, target: 'clock', outcome: `${driftSeconds} s` }),
    );
    if (!written.ok) log('core.write-failed', { what: 'audit', cause: written.reason });
    onChange();
  }
}
