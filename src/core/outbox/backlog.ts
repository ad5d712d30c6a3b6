import type { KioskConfig } from '../../contract/config.ts';
import { BACKLOG_CASES, BACKLOG_DAYS, BACKLOG_WARN_SHARE, DAY_MS } from '../limits.ts';
import type { Backlog } from './outbox.ts';

/**
 * How near what waits to be sent has come to what a kiosk may keep. `full`: no application is begun any more; what is
 * here is kept and sent all the same. `detail` is for staff.
 */
export interface BacklogView {
  readonly state: 'fine' | 'filling' | 'full';
  readonly detail: string;
}

export function judgeBacklog({ cases, oldest }: Backlog, bounds: KioskConfig['backlog'], now: Date): BacklogView {
  const days = oldest === undefined ? 0 : Math.max(0, now.getTime() - Date.parse(oldest)) / DAY_MS;
  const most = { cases: bounds?.cases ?? BACKLOG_CASES, days: bounds?.days ?? BACKLOG_DAYS };
  const share = Math.max(cases / most.cases, days / most.days);
  const state = share >= 1 ? 'full' : share >= BACKLOG_WARN_SHARE ? 'filling' : 'fine';
  return { state, detail: `${cases} of ${most.cases} cases, the oldest ${Math.floor(days)} of ${most.days} days` };
}
