import { type BadReviewView, reviewStep, type ReviewTrail } from '../../contract/office/ratings.ts';
import type { Officer } from '../../contract/office/office-call.ts';
import { ratingSubmission, caseSubmission, type RatingSubmission } from '../../contract/platform-api.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import { warningColour } from '../../domain/limits/warning.ts';
import {
  isWaiting,
  mayTake,
  openBadReview,
  rectificationDays,
  type BadReview,
  type ReviewStep,
  takeStep,
} from '../../domain/ratings/bad-review.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { officeTime } from '../office-time.ts';
import type { Sql } from '../sql.ts';

export type StepRefusal = 'unknown-review' | 'not-now' | 'before-the-last-step' | 'words-needed' | 'own-appeal';

interface ReviewRow {
  readonly rating_id: string;
  readonly hall_code: string;
  readonly review: string;
  readonly rating: string;
  readonly case_content: string;
  readonly official_number: string;
}
interface StepRow {
  readonly at: string;
  readonly office: string;
  readonly officer: string;
  readonly step: string;
}

const reviews = `SELECT rating_id, bad_review.hall_code, review, rating.content AS rating,
    case_record.content AS case_content, official_number
  FROM bad_review JOIN rating ON rating.id = rating_id JOIN case_record ON case_record.id = rating.case_id`;

/** The work that a bad rating makes: opened by itself on the day the platform hears of it. Part of a transaction. */
export async function openReview(
  sql: Sql,
  { id, named }: RatingSubmission,
  hallCode: string,
  receivedAt: string,
): Promise<void> {
  const review = openBadReview(hallDay(receivedAt), named === undefined, officeTime.calendar, rectificationDays);
  await sql.run(
    `INSERT INTO bad_review (rating_id, hall_code, opened_on, due_on, is_open, is_waiting, excluded, review)
     VALUES ($1, $2, $3, $4, 1, 1, 0, $5)`,
    [id, hallCode, review.openedOn, review.dueOn, JSON.stringify(review)],
  );
}

/** Bad reviews by their last day. @param hall only this one's; all without it */
export async function readReviews(
  sql: Sql,
  hall: string | undefined,
  which: 'all' | 'open' | 'due-soon',
  now: Date,
): Promise<BadReviewView[]> {
  const rows = await sql.all<ReviewRow>(
    `${reviews} WHERE ($1 = '' OR bad_review.hall_code = $1) AND ($2 = 'all' OR is_open = 1)
     ORDER BY due_on, rating_id`,
    [hall ?? '', which],
  );
  const views = rows.map((row) => viewOf(row, now));
  return which === 'due-soon' ? views.filter(({ warning }) => warning !== 'none') : views;
}

/** One of them with its trail. */
export async function readReview(
  sql: Sql,
  hall: string | undefined,
  id: string,
  now: Date,
): Promise<{ review: BadReviewView; trail: ReviewTrail } | undefined> {
  const row = await findReview(sql, hall, id);
  return row && { review: viewOf(row, now), trail: await readTrail(sql, id) };
}

/** Takes the next step. Part of a transaction. */
export async function stepReview(
  sql: Sql,
  hall: string | undefined,
  { id, officer, step }: { id: string; officer: Officer; step: ReviewStep },
  at: Date,
): Promise<Result<BadReviewView, StepRefusal>> {
  // The row stays locked until the end: of two steps at once the second is held against the first.
  await sql.run('UPDATE bad_review SET is_open = is_open WHERE rating_id = $1', [id]);
  const row = await findReview(sql, hall, id);
  if (!row) return refused('unknown-review');
  const before = await readTrail(sql, id);
  const appealedBy = before.findLast((one) => one.step.kind === 'appealed')?.officer.office;
  if (!mayTake(step, officer.office, appealedBy)) return refused('own-appeal');
  const next = takeStep(readStored(row), step, hallDay(at.toISOString()));
  if (!next.ok) return next;
  const { state, excluded } = next.value;
  const review = JSON.stringify(next.value);
  await sql.run(
    'UPDATE bad_review SET review = $1, is_open = $2, is_waiting = $3, excluded = $4 WHERE rating_id = $5',
    [review, state === 'closed' ? 0 : 1, isWaiting(next.value) ? 1 : 0, excluded ? 1 : 0, id],
  );
  await sql.run(
    `INSERT INTO bad_review_step (rating_id, position, at, office, officer, step) VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, before.length, at.toISOString(), officer.office, officer.id, JSON.stringify(step)],
  );
  return done(viewOf({ ...row, review }, at));
}

function findReview(sql: Sql, hall: string | undefined, id: string): Promise<ReviewRow | undefined> {
  return sql.get<ReviewRow>(`${reviews} WHERE rating_id = $1 AND ($2 = '' OR bad_review.hall_code = $2)`, [
    id,
    hall ?? '',
  ]);
}

async function readTrail(sql: Sql, id: string): Promise<ReviewTrail> {
  const rows = await sql.all<StepRow>(
    'SELECT at, office, officer, step FROM bad_review_step WHERE rating_id = $1 ORDER BY position',
    [id],
  );
  return rows.map(({ at, office, officer, step }) => ({
    at,
    officer: { office, id: officer },
    step: reviewStep.parse(JSON.parse(step)),
  }));
}

/** As this platform wrote it. */
const readStored = ({ review }: Pick<ReviewRow, 'review'>): BadReview => JSON.parse(review) as BadReview;

function viewOf(row: ReviewRow, now: Date): BadReviewView {
  const review = readStored(row);
  const { level, tags, text = '', ratedAt } = ratingSubmission.parse(JSON.parse(row.rating));
  const { itemCode, itemName, department } = caseSubmission.parse(JSON.parse(row.case_content));
  const { state, dueOn, dueIsAssumed, openedOn, excluded, anonymous } = review;
  const deadline = { state: 'due', day: dueOn, assumedYears: [] } as const;
  const colour = isWaiting(review) ? warningColour(officeTime, deadline, now.toISOString()) : 'none';
  return {
    id: row.rating_id,
    hallCode: row.hall_code,
    itemCode,
    itemName,
    department,
    level,
    tags: tags?.codes ?? [],
    text,
    ratedAt,
    ...(!anonymous && { officialNumber: row.official_number }),
    state,
    openedOn,
    dueOn,
    dueIsAssumed,
    warning: colour === 'stopped' ? 'none' : colour,
    excluded,
  };
}
