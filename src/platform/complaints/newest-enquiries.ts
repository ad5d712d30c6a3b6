import type { EnquiryEntry } from '../../contract/office/complaints.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import type { Sql } from '../sql.ts';
import { enquiryColumns, type EnquiryRow, entryOf, readableEnquiry } from './enquiry-records.ts';

/** How many enquiries came in, wait for an answer, and wait for it longer than they should. */
export interface EnquiryCounts {
  readonly enquiries: number;
  readonly open: number;
  readonly overdue: number;
}

/** @param hall that of the office that asks: those that it must not know of are not counted */
export async function countEnquiries(sql: Sql, hall: string | undefined, now: Date): Promise<EnquiryCounts> {
  const counts = await sql.get<EnquiryCounts>(
    `SELECT count(*) AS enquiries, CAST(coalesce(sum(is_open), 0) AS BIGINT) AS open,
       CAST(coalesce(sum(CASE WHEN is_open = 1 AND due_on < $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue
     FROM enquiry WHERE ${readableEnquiry}`,
    [hall ?? '', hallDay(now.toISOString())],
  );
  return counts ?? { enquiries: 0, open: 0, overdue: 0 };
}

/** @param hall that of the office that asks */
export async function newestEnquiries(
  sql: Sql,
  hall: string | undefined,
  most: number,
  now: Date,
): Promise<EnquiryEntry[]> {
  const rows = await sql.all<EnquiryRow>(
    `SELECT ${enquiryColumns} FROM enquiry WHERE ${readableEnquiry} ORDER BY rowid DESC LIMIT $2`,
    [hall ?? '', most],
  );
  return rows.map((row) => entryOf(row, now));
}
