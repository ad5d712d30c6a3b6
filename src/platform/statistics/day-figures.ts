import { ratingLevels } from '../../domain/rating-levels.ts';
import type { RecordedFacts } from './hall-facts.ts';
import type { Sql } from '../sql.ts';

/** What happened at a hall, or at all of them, on a day, and what is open of all until then. */
export async function dayFigures(sql: Sql, { cases, ratings }: RecordedFacts, hall: string | undefined, day: string) {
  const open = cases.filter(({ closedOn }) => closedOn === undefined || closedOn > day);
  const asked = [hall ?? '', day];
  const reviews = await sql.get<{ opened: number; open: number; overdue: number }>(
    `SELECT count(*) FILTER (WHERE opened_on = $2) AS opened, count(*) FILTER (WHERE is_open = 1) AS open,
       count(*) FILTER (WHERE is_waiting = 1 AND due_on < $2) AS overdue
     FROM bad_review WHERE ($1 = '' OR hall_code = $1) AND opened_on <= $2`,
    asked,
  );
  const enquiries = await sql.get<{ consultations: number; complaints: number; open: number; overdue: number }>(
    `SELECT count(*) FILTER (WHERE received_on = $2 AND kind = 'consultation') AS consultations,
       count(*) FILTER (WHERE received_on = $2 AND kind = 'complaint') AS complaints,
       count(*) FILTER (WHERE is_open = 1) AS open, count(*) FILTER (WHERE is_open = 1 AND due_on < $2) AS overdue
     FROM enquiry WHERE ($1 = '' OR coalesce(concerns, hall_code) = $1) AND received_on <= $2`,
    asked,
  );
  const tickets = await sql.get<{ given: number }>(
    `SELECT count(*) AS given FROM queue_ticket WHERE ($1 = '' OR hall_code = $1) AND day = $2`,
    asked,
  );
  if (!reviews || !enquiries || !tickets) throw new Error('a count returned no row');
  const levels = ratingLevels.map((level) => [
    level,
    ratings.filter((one) => one.on === day && one.level === level && !one.excluded).length,
  ]);
  return {
    day,
    cases: {
      handedIn: cases.filter(({ handedInOn }) => handedInOn === day).length,
      closed: cases.filter(({ closedOn }) => closedOn === day).length,
      open: open.length,
      overdue: open.filter(({ dueOn }) => dueOn < day).length,
    },
    ratings: Object.fromEntries(levels) as Record<(typeof ratingLevels)[number], number>,
    badReviews: reviews,
    enquiries,
    tickets: tickets.given,
  };
}
