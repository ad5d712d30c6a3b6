import { hallDay } from '../../domain/calendar/day.ts';
import type { CaseFacts, HallFacts, ItemFacts, RatingFacts } from '../../domain/statistics/facts.ts';
import { type CaseArrival, allEvents, courseOf, dueDay } from '../case-course.ts';
import type { Sql } from '../sql.ts';

interface CaseRow extends CaseArrival {
  readonly case_id: string;
  readonly item_code: string;
  readonly handed_in_on: string;
  readonly papers: number;
}
interface RatingRow {
  readonly case_id: string;
  readonly number: 1 | 2;
  readonly level: RatingFacts['level'];
  readonly rated_on: string;
  readonly excluded: number;
}

/** A complaint with the item that it names. */
interface ComplaintFacts {
  readonly on: string;
  readonly itemCode?: string;
}
export interface RecordedFacts extends HallFacts {
  readonly complaints: readonly ComplaintFacts[];
}

/** 行政许可法 art. 42: what holds for an item that promises nothing itself, or is not known any more. */
const LEGAL_DAYS = 20;

/**
 * What the platform's records say of a hall, or of all of them, up to a day. Every case here came from a terminal, so each
 * counts as one that was applied for online. Ratings of guides that are offered no more are left out, as those guides are.
 *
 * @param until days after it are left out
 */
export async function readHallFacts(
  sql: Sql,
  items: readonly ItemFacts[],
  hall: string | undefined,
  until: string,
): Promise<RecordedFacts> {
  const limits = new Map(items.map(({ code, promisedLimit }) => [code, promisedLimit]));
  const asked = [hall ?? '', until];
  const rows = await sql.all<CaseRow>(
    `SELECT fact.case_id, fact.item_code, fact.handed_in_on, case_record.received_at, case_record.state,
       coalesce(pages.missing, 0) AS pages_missing, pages.last_at AS last_page_at, coalesce(pages.papers, 0) AS papers
     FROM case_fact AS fact JOIN case_record ON case_record.id = fact.case_id LEFT JOIN (
       SELECT case_id, count(*) FILTER (WHERE received_at IS NULL) AS missing, max(received_at) AS last_at,
         count(DISTINCT material) AS papers FROM page GROUP BY case_id
     ) AS pages ON pages.case_id = fact.case_id
     WHERE ($1 = '' OR fact.hall_code = $1) AND fact.handed_in_on <= $2 ORDER BY fact.case_id`,
    asked,
  );
  const eventsOf = await allEvents(sql);
  const cases = rows.map((row): CaseFacts => {
    const course = courseOf(row, eventsOf(row.case_id));
    const { closedAt, supplements } = course;
    const promised = limits.get(row.item_code) ?? LEGAL_DAYS;
    return {
      id: row.case_id,
      itemCode: row.item_code,
      online: true,
      // Handing in, and each supplement, is one way to the hall.
      visits: 1 + supplements,
      handedInOn: row.handed_in_on,
      ...(closedAt !== undefined && { closedOn: hallDay(closedAt) }),
      // A clock that stands still ends nowhere yet.
      dueOn: dueDay(course, row.received_at, promised) ?? '9999-12-31',
      materialsHandedOver: row.papers,
    };
  });
  const ratings = await sql.all<RatingRow>(
    `SELECT case_id, number, level, rated_on, coalesce(bad_review.excluded, 0) AS excluded
     FROM rating LEFT JOIN bad_review ON bad_review.rating_id = rating.id
     WHERE ($1 = '' OR rating.hall_code = $1) AND rated_on <= $2 ORDER BY rating.rowid`,
    asked,
  );
  const guideRatings = await sql.all<{ item_code: string; rated_on: string }>(
    `SELECT item_code, rated_on FROM guide_rating WHERE ($1 = '' OR hall_code = $1) AND rated_on <= $2`,
    asked,
  );
  const complaints = await sql.all<{ received_on: string; item_code: string | null }>(
    `SELECT received_on, item_code FROM enquiry
     WHERE kind = 'complaint' AND ($1 = '' OR concerns = $1) AND received_on <= $2`,
    asked,
  );
  return {
    items,
    cases,
    ratings: ratings.map(({ case_id, number, level, rated_on, excluded }) => ({
      caseId: case_id,
      number,
      level,
      on: rated_on,
      excluded: excluded === 1,
    })),
    guideRatings: guideRatings.flatMap(({ item_code, rated_on }) =>
      limits.has(item_code) ? [{ itemCode: item_code, on: rated_on }] : [],
    ),
    complaints: complaints.map(({ received_on, item_code }) => ({
      on: received_on,
      ...(item_code !== null && { itemCode: item_code }),
    })),
  };
}
