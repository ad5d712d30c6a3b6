import type { EnquiryEntry } from '../../contract/office/complaints.ts';
import type { KioskRecord } from '../../contract/office/fleet.ts';
import { caseSubmission } from '../../contract/platform-api.ts';
import type { MaskedPerson } from '../../domain/identity.ts';
import { maskPerson } from '../../domain/masking.ts';
import { ratingLevels } from '../../domain/rating-levels.ts';
import { ratingLevel, type RatingLevel } from '../../domain/rating.ts';
import { countEnquiries, type EnquiryCounts, newestEnquiries } from '../complaints/newest-enquiries.ts';
import { readKiosks } from '../fleet/kiosk-records.ts';
import { OVERVIEW_CASES, OVERVIEW_ENQUIRIES } from '../limits.ts';
import { publishedItem } from '../published-item.ts';
import type { Sql } from '../sql.ts';
import { readTrail, type TrailLine } from './trail.ts';

/** One case as the page shows it: of the person only what is masked, of the form nothing. */
export interface ShownCase {
  readonly officialNumber: string;
  readonly provisionalNumber: string;
  readonly kioskId: string;
  readonly itemName: string;
  readonly department: string;
  readonly applicant: MaskedPerson;
  readonly parts: readonly { readonly name: string; readonly department: string }[];
  readonly pages: { readonly announced: number; readonly received: number };
  readonly level?: RatingLevel;
  readonly trail: readonly TrailLine[];
}

/** A complaint or consultation: neither its words nor whose they are. */
export interface ShownEnquiry extends EnquiryEntry {
  /** Of an item that was published here. */
  readonly itemName?: string;
}

/** What arrived at the platform. */
export interface Overview {
  readonly counts: CaseCounts & EnquiryCounts;
  /** The newest first, not all of them. */
  readonly cases: readonly ShownCase[];
  /** The newest first, not all of them. */
  readonly enquiries: readonly ShownEnquiry[];
  readonly levels: readonly { readonly level: RatingLevel; readonly count: number }[];
  readonly kiosks: readonly KioskRecord[];
}

interface CaseCounts {
  readonly cases: number;
  readonly pages: number;
  readonly ratings: number;
}

interface CaseRow {
  readonly id: string;
  readonly official_number: string;
  readonly content: string;
  readonly received_at: string;
  readonly announced: number;
  readonly received: number;
  readonly level: string | null;
}

/** @param hall that of the office that looks, which is not to know of complaints about it */
export async function readOverview(sql: Sql, hall: string | undefined, now: Date): Promise<Overview> {
  const counts = await sql.get<CaseCounts>(
    `SELECT (SELECT count(*) FROM case_record WHERE parent_id IS NULL) AS cases, (SELECT count(*) FROM rating) AS ratings,
       (SELECT count(*) FROM page WHERE received_at IS NOT NULL) AS pages`,
  );
  const rows = await sql.all<CaseRow>(
    `SELECT id, official_number, content, received_at,
       (SELECT count(*) FROM page WHERE case_id = case_record.id) AS announced,
       (SELECT count(*) FROM page WHERE case_id = case_record.id AND page.received_at IS NOT NULL) AS received,
       (SELECT level FROM rating WHERE case_id = case_record.id AND number = 1) AS level
     FROM case_record WHERE parent_id IS NULL ORDER BY rowid DESC LIMIT $1`,
    [OVERVIEW_CASES],
  );
  const cases: ShownCase[] = [];
  for (const row of rows) cases.push(await shownCase(sql, row));
  const pressed = await sql.all<{ level: string; count: number }>(
    'SELECT level, count(*) AS count FROM rating GROUP BY level',
  );
  return {
    counts: { ...(counts ?? { cases: 0, pages: 0, ratings: 0 }), ...(await countEnquiries(sql, hall, now)) },
    cases,
    enquiries: await shownEnquiries(sql, hall, now),
    levels: ratingLevels.map((level) => ({ level, count: pressed.find((one) => one.level === level)?.count ?? 0 })),
    kiosks: await readKiosks(sql),
  };
}

async function shownEnquiries(sql: Sql, hall: string | undefined, now: Date): Promise<ShownEnquiry[]> {
  const entries = await newestEnquiries(sql, hall, OVERVIEW_ENQUIRIES, now);
  const names = new Map<string, string>();
  for (const code of new Set(entries.flatMap(({ itemCode }) => itemCode ?? []))) {
    const item = await publishedItem(sql, code);
    if (item) names.set(code, item.name);
  }
  return entries.map((entry) => {
    const itemName = names.get(entry.itemCode ?? '');
    return { ...entry, ...(itemName !== undefined && { itemName }) };
  });
}

async function shownCase(sql: Sql, row: CaseRow): Promise<ShownCase> {
  const submission = caseSubmission.parse(JSON.parse(row.content));
  const { provisionalNumber, kioskId, itemName, department, applicant, parts } = submission;
  return {
    officialNumber: row.official_number,
    provisionalNumber,
    kioskId,
    itemName,
    department,
    applicant: maskPerson(applicant),
    parts,
    pages: { announced: row.announced, received: row.received },
    ...(row.level !== null && { level: ratingLevel.parse(row.level) }),
    trail: await readTrail(sql, row.id, { submission, receivedAt: row.received_at }),
  };
}
