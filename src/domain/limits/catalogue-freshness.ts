import type { Day } from '../calendar/day.ts';
import { countWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';

/** Working days in which an item must be updated everywhere after it was cancelled, changed or delegated (沧政办字〔2018〕97号). */
const catalogueUpdateDays = 7;

/** A published change of an item, and the day on which this kiosk had it. */
export interface CatalogueChange {
  readonly item: string;
  readonly publishedOn: Day;
  readonly liveOn?: Day | undefined;
}

/** The changes that went live too late or are not live yet although they should be: the eighth working day is too late. */
export function lateChanges<C extends CatalogueChange>(
  calendar: WorkingCalendar,
  changes: readonly C[],
  today: Day,
): C[] {
  return changes.filter(
    ({ publishedOn, liveOn = today }) => countWorkingDays(calendar, publishedOn, liveOn).count > catalogueUpdateDays,
  );
}
