import { daysBetween, hallDay, type Day } from '../calendar/day.ts';
import { countWorkingDays } from '../calendar/working-days.ts';
import { extendLimit, lastDayOf, type DayLimit, type OfficeTime } from '../limits/deadline.ts';
import { done, refused, type Result } from '../result.ts';

/** 咨询, 投诉. */
export const enquiryKinds = ['consultation', 'complaint'] as const;
export type EnquiryKind = (typeof enquiryKinds)[number];

/**
 * What matters of a consultation (咨询) or complaint (投诉) for its deadline; fields after the data set 办事互动 of GB/T
 * 39046-2020 (table 10: 承诺时限、延期时限、延期原因、超期天数). 限时办结并回复: each one is answered within a limit that the
 * person was told. Instants are ISO 8601 with offset.
 */
export interface Enquiry {
  readonly kind: EnquiryKind;
  readonly submittedAt: string;
  /** 承诺时限. Nobody promises an answer in hours: offices that are closed cannot keep it. */
  readonly limit: DayLimit;
  readonly extension?: { readonly by: number; readonly reason: string } | undefined;
  readonly answeredAt?: string | undefined;
}

/** Whether an enquiry was answered and in time, at a moment. */
export interface EnquiryStanding {
  readonly state: 'open' | 'overdue' | 'answered' | 'answered-late';
  /** The last day of the limit, extension included. */
  readonly due: Day;
  /** 超期天数, in the days of the limit: 0 until the next day that counts, so also on a weekend after it. */
  readonly overdueDays: number;
}

/** How an enquiry stands. `now`: ISO 8601 with offset. */
export function enquiryStanding(office: OfficeTime, enquiry: Enquiry, now: string): EnquiryStanding {
  const due = dueDay(office, enquiry);
  const until = hallDay(enquiry.answeredAt ?? now);
  const late = until > due;
  const count =
    enquiry.limit.unit === 'working-days'
      ? countWorkingDays(office.calendar, due, until).count
      : daysBetween(due, until);
  const state = enquiry.answeredAt === undefined ? (late ? 'overdue' : 'open') : late ? 'answered-late' : 'answered';
  return { state, due, overdueDays: late ? count : 0 };
}

/**
 * - `answered-already`, `extended-before`: there is nothing to extend.
 * - `too-late`: after the deadline it is overdue, not extended.
 * - `no-reason`: the person is told why (延期原因).
 */
export type ExtensionRefusal = 'answered-already' | 'extended-before' | 'too-late' | 'no-reason';

/** Extends the limit once, by days of its unit, before it has run out. `now`: ISO 8601 with offset. */
export function extendEnquiry(
  office: OfficeTime,
  enquiry: Enquiry,
  extension: { readonly by: number; readonly reason: string },
  now: string,
): Result<Enquiry, ExtensionRefusal> {
  if (enquiry.answeredAt !== undefined) return refused('answered-already');
  if (enquiry.extension !== undefined) return refused('extended-before');
  if (extension.reason.trim() === '') return refused('no-reason');
  if (hallDay(now) > dueDay(office, enquiry)) return refused('too-late');
  return done({ ...enquiry, extension });
}

function dueDay(office: OfficeTime, { limit, extension, submittedAt }: Enquiry): Day {
  return lastDayOf(office, extendLimit(limit, extension?.by ?? 0), submittedAt).day;
}

/** Whether staff of a hall may read a record: a complaint about their own hall is for others to judge. */
export function isReadableIn(
  hall: string,
  record: { readonly kind: EnquiryKind; readonly concerns?: string | undefined },
): boolean {
  return record.kind !== 'complaint' || record.concerns !== hall;
}
