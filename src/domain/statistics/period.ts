import { addDays, type Day } from '../calendar/day.ts';

/** 日统计, 周调度, 月通报 (德昌县 2021) and the quarterly report (东莞市 2014). */
export const periodKinds = ['day', 'week', 'month', 'quarter'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export interface Period {
  readonly from: Day;
  /** The last day. */
  readonly to: Day;
}

/** The period around a day. Weeks run from Monday to Sunday (GB/T 7408). */
export function periodOf(kind: PeriodKind, day: Day): Period {
  switch (kind) {
    case 'day':
      return { from: day, to: day };
    case 'week': {
      const from = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
      return { from, to: addDays(from, 6) };
    }
    case 'month':
      return months(day, Number(day.slice(5, 7)), 1);
    case 'quarter':
      return months(day, Number(day.slice(5, 7)) - ((Number(day.slice(5, 7)) - 1) % 3), 3);
  }
}

function months(day: Day, first: number, count: number): Period {
  const year = Number(day.slice(0, 4));
  const next = first + count;
  const start = next > 12 ? monthStart(year + 1, next - 12) : monthStart(year, next);
  return { from: monthStart(year, first), to: addDays(start, -1) };
}

const monthStart = (year: number, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01`;

export const isWithin = (day: Day | undefined, { from, to }: Period): boolean =>
  day !== undefined && day >= from && day <= to;
