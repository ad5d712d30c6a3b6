import type { Day } from '../calendar/day.ts';
import { countWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';
import type { ChangeNotice } from './lists.ts';

/** After 取消、调整、下放 the lists and guides follow within so many working days (沧政办字〔2018〕97号). */
export const CHANGE_LIVE_WITHIN_WORKING_DAYS = 7;

export interface StaleChange {
  readonly notice: ChangeNotice;
  /** Working days since it was published. */
  readonly age: number;
  /** The version that is live here; none when the item is not. */
  readonly live?: number;
  /** Older than the limit; else it is only not live yet. */
  readonly overdue: boolean;
}

/**
 * The published changes that are not live here.
 *
 * @param live item code to the version that this kiosk offers
 */
export function findStaleChanges(
  notices: readonly ChangeNotice[],
  live: ReadonlyMap<string, number>,
  today: Day,
  calendar: WorkingCalendar,
): StaleChange[] {
  const last = new Map(notices.toSorted((a, b) => compare(a.publishedOn, b.publishedOn)).map((one) => [one.code, one]));
  return [...last.values()].flatMap((notice): StaleChange[] => {
    const version = live.get(notice.code);
    const isLive =
      notice.operation === 'D' ? version === undefined : version !== undefined && version >= notice.version;
    if (isLive) return [];
    const age = countWorkingDays(calendar, notice.publishedOn, today).count;
    const overdue = age > CHANGE_LIVE_WITHIN_WORKING_DAYS;
    return [{ notice, age, overdue, ...(version !== undefined && { live: version }) }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
