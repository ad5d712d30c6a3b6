import { hallClock, hallDay } from '../calendar/day.ts';
import { countOfficeMinutes } from '../calendar/office-hours.ts';
import { countWorkingDays } from '../calendar/working-days.ts';
import type { Deadline, OfficeTime } from './deadline.ts';

/** 办件预警: `none` in good time, `yellow` shortly before the deadline and on its day, `red` after it; `stopped`: the clock stands still. */
export type WarningColour = 'none' | 'yellow' | 'red' | 'stopped';

/** How long before a deadline it turns yellow: working days, or office hours for limits in hours. */
export interface YellowBefore {
  readonly days: number;
  readonly hours: number;
}

const usualYellow: YellowBefore = { days: 1, hours: 1 };

/**
 * The colour of a case or of one of its steps: each step has a limit and a deadline of its own. For one that is done,
 * `now` is when it was done: red then means that it was late.
 *
 * @param now ISO 8601 with offset
 */
export function warningColour(
  office: OfficeTime,
  deadline: Deadline,
  now: string,
  yellow = usualYellow,
): WarningColour {
  if (deadline.state === 'stopped') return 'stopped';
  if (deadline.time === undefined) {
    const today = hallDay(now);
    if (today > deadline.day) return 'red';
    return countWorkingDays(office.calendar, today, deadline.day).count <= yellow.days ? 'yellow' : 'none';
  }
  const clock = hallClock(now).slice(0, 16);
  const end = `${deadline.day}T${deadline.time}`;
  if (clock > end) return 'red';
  return countOfficeMinutes(office.calendar, office.hours, clock, end) <= yellow.hours * 60 ? 'yellow' : 'none';
}
