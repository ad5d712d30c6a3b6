import type { Clock } from '../../contract/clock.ts';
import { hallTime } from '../hall-time.ts';
import { CLOCK_BACK_TOLERATED_MS } from '../limits.ts';
import type { Notices } from '../status/notices.ts';
import type { AuditTrail } from './audit-trail.ts';

export interface WatchClockDeps {
  readonly clock: Clock;
  readonly audit: Pick<AuditTrail, 'append' | 'latestAt'>;
  readonly notices: Pick<Notices, 'add'>;
}

/**
 * At the start: tells staff and the audit when the clock stands before what was written last. Times on paper may be wrong
 * then; order is not, since the audit goes by its numbers and the outbox by positions.
 */
export function watchClock({ clock, audit, notices }: WatchClockDeps): void {
  const now = clock.now();
  const latest = audit.latestAt();
  if (latest === undefined || Date.parse(latest) - now.getTime() <= CLOCK_BACK_TOLERATED_MS) return;
  audit.append({ who: 'process:core', what: 'clock-set-back', target: 'clock', outcome: latest });
  notices.add(hallTime(now), { kind: 'clock-set-back', detail: `${latest} → ${hallTime(now)}` });
}
