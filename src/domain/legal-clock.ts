/**
 * Which of a case's two times starts the legal time limit. `received`: when the platform got it, since a case begins where
 * it can be accepted (行政许可法 2019, 第三十二条 and 第四十二条: from 受理 on); `handed-in`: when the person handed it
 * in at the kiosk, for halls that bear the risk of their own network.
 */
export type ClockStart = 'handed-in' | 'received';

export interface CaseTimes {
  /** ISO 8601 with offset, by the kiosk's clock. */
  readonly handedInAt: string;
  /** ISO 8601 with offset, by the platform's clock; absent until it has the case. */
  readonly receivedAt?: string;
}

export interface LegalDeadline {
  readonly from: ClockStart;
  /** YYYY-MM-DD at the hall. */
  readonly startDay: string;
  /** YYYY-MM-DD at the hall: the last day of the limit. */
  readonly lastDay: string;
}

/** Counts `days` on from a day (YYYY-MM-DD), which itself does not count; nothing when its calendar does not reach so far. */
export type AddDays = (day: string, days: number) => string | undefined;

/** Nothing while the time that starts the clock is not known, and where the calendar ends. */
export function legalDeadline(
  from: ClockStart,
  times: CaseTimes,
  limitDays: number,
  addDays: AddDays,
): LegalDeadline | undefined {
  const start = from === 'received' ? times.receivedAt : times.handedInAt;
  if (start === undefined) return undefined;
  const startDay = chinaDay(start);
  const lastDay = addDays(startDay, limitDays);
  return lastDay === undefined ? undefined : { from, startDay, lastDay };
}

/** China keeps one time, eight hours ahead of UTC, without summer time. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

function chinaDay(instant: string): string {
  return new Date(Date.parse(instant) + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
