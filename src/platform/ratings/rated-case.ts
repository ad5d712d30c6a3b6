import { type CaseSubmission, caseSubmission } from '../../contract/platform-api.ts';
import { type CaseArrival, type CaseCourse, courseOf, eventsOf } from '../case-course.ts';
import type { Sql } from '../sql.ts';

/** The case that was rated, as it stands when its rating comes. */
export interface RatedCase extends CaseCourse {
  readonly submission: CaseSubmission;
  readonly officialNumber: string;
}

export async function findRatedCase(sql: Sql, caseId: string): Promise<RatedCase | undefined> {
  const row = await sql.get<CaseArrival & { official_number: string; content: string }>(
    `SELECT official_number, content, received_at, state,
       (SELECT count(*) FROM page WHERE case_id = case_record.id AND page.received_at IS NULL) AS pages_missing,
       (SELECT max(page.received_at) FROM page WHERE case_id = case_record.id) AS last_page_at
     FROM case_record WHERE id = $1`,
    [caseId],
  );
  if (!row) return undefined;
  const submission = caseSubmission.parse(JSON.parse(row.content));
  return { submission, officialNumber: row.official_number, ...courseOf(row, await eventsOf(sql, caseId)) };
}
