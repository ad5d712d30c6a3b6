import type { RatingSubmission, Receipt } from '../../contract/platform-api.ts';
import type { RatingRecordView } from '../../contract/office/ratings.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import { comparedContent } from '../../domain/compared-content.ts';
import { conflictOf, giveRating, type GivenRating, type RatingConflict } from '../../domain/ratings/given-rating.ts';
import { nationalRating } from '../../domain/ratings/national-rating.ts';
import { badLevels } from '../../domain/rating-levels.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { findRatedCase } from './rated-case.ts';
import { contentHash } from '../content-hash.ts';
import { publishedItem } from '../published-item.ts';
import type { Sql } from '../sql.ts';
import { openReview } from './bad-review-records.ts';
import { nationalForm } from './national.ts';
import { currentTags, tagLists } from './tag-lists.ts';

export type RatingRefusal = 'unknown-case' | 'content-differs' | 'unknown-tag' | 'tag-twice' | RatingConflict;

/** Ratings in one answer to an office. */
const PAGE_RATINGS = 200;

interface KnownRow {
  readonly id: string;
  readonly number: 1 | 2;
  readonly rated_at: string;
  readonly content_hash: string;
  readonly received_at: string;
}

/** Keeps a rating of a case, with its national record; a bad one opens its review. Part of a transaction. */
export async function takeRating(
  sql: Sql,
  submission: RatingSubmission,
  at: Date,
): Promise<Result<Receipt, RatingRefusal>> {
  const { id, caseId, level, ratedAt, number = 1 } = submission;
  const rated = await findRatedCase(sql, caseId);
  if (!rated) return refused('unknown-case');
  const kept = await sql.all<KnownRow>(
    'SELECT id, number, rated_at, content_hash, received_at FROM rating WHERE case_id = $1 OR id = $2',
    [caseId, id],
  );
  const hash = contentHash(comparedContent(submission));
  const same = kept.find((one) => one.id === id) ?? kept.find((one) => one.number === number);
  if (same?.content_hash === hash) return done({ receivedAt: same.received_at });
  if (same?.id === id) return refused('content-differs');
  const conflict = conflictOf(
    kept.map((one) => ({ number: one.number, at: one.rated_at })),
    { number, at: ratedAt },
  );
  if (conflict) return refused(conflict);
  const given = givenRating(submission);
  if (!given.ok) return given;

  const receivedAt = at.toISOString();
  const item = await publishedItem(sql, rated.submission.itemCode);
  const form = nationalForm(submission, given.value, rated, item, receivedAt);
  const { hallCode } = rated.submission;
  await sql.run(
    `INSERT INTO rating (id, case_id, number, level, rated_at, rated_on, hall_code, national, held, late, content,
       content_hash, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      caseId,
      number,
      level,
      ratedAt,
      hallDay(ratedAt),
      hallCode,
      'record' in form ? JSON.stringify(form.record) : null,
      'held' in form ? form.held : null,
      'late' in form && form.late ? 1 : 0,
      JSON.stringify(submission),
      hash,
      receivedAt,
    ],
  );
  if (badLevels.has(level)) await openReview(sql, submission, hallCode, receivedAt);
  return done({ receivedAt });
}

/** Nothing for a bad level without a reason: it is a rating all the same, and a bad review. */
function givenRating(submission: RatingSubmission): Result<GivenRating | undefined, 'unknown-tag' | 'tag-twice'> {
  const { caseId, level, channel, ratedAt, number = 1, tags, text = '' } = submission;
  const list = tags ? tagLists.get(tags.version) : currentTags;
  if (!list) return refused('unknown-tag');
  const given = giveRating(
    { matter: caseId, number, level, source: channel, tags: tags?.codes ?? [], text, at: ratedAt },
    list,
  );
  if (given.ok) return given;
  switch (given.reason) {
    case 'reason-needed':
      return done(undefined);
    case 'unknown-tag':
    case 'tag-twice':
      return refused(given.reason);
    case 'text-too-long':
      throw new Error('the contract takes shorter texts only');
  }
}

/** The fields of the national record that say who rated; nobody reads them here. */
const aboutPeople: ReadonlySet<string> = new Set([
  'userName',
  'userProp',
  'userPageType',
  'certKey',
  'handleUserName',
  'handleUserPageType',
  'handleUserPageCode',
]);

interface RecordRow {
  readonly id: string;
  readonly hall_code: string;
  readonly number: number;
  readonly level: RatingRecordView['level'];
  readonly rated_at: string;
  readonly received_at: string;
  readonly late: number;
  readonly national: string | null;
  readonly held: RatingRecordView['held'] | null;
  readonly excluded: number;
}

/**
 * Ratings given on the days from `from` to `to`, in order of arrival.
 *
 * @param except a hall whose ratings are left out: nobody reads who rated how at their own counter
 * @param after the last one of the page before
 */
export async function readRatings(
  sql: Sql,
  { from, to, except, after }: { from: string; to: string; except: string; after: string },
): Promise<{ ratings: RatingRecordView[]; more: boolean }> {
  const rows = await sql.all<RecordRow>(
    `SELECT id, rating.hall_code, number, level, rated_at, received_at, late, national, held,
       coalesce(bad_review.excluded, 0) AS excluded
     FROM rating LEFT JOIN bad_review ON bad_review.rating_id = rating.id
     WHERE rated_on >= $1 AND rated_on <= $2 AND rating.hall_code <> $3
       AND rating.rowid > coalesce((SELECT earlier.rowid FROM rating AS earlier WHERE earlier.id = $4), 0)
     ORDER BY rating.rowid LIMIT ${PAGE_RATINGS + 1}`,
    [from, to, except, after],
  );
  return { ratings: rows.slice(0, PAGE_RATINGS).map(viewOf), more: rows.length > PAGE_RATINGS };
}

function viewOf(row: RecordRow): RatingRecordView {
  const national = row.national === null ? undefined : nationalRating.parse(JSON.parse(row.national));
  return {
    id: row.id,
    hallCode: row.hall_code,
    number: row.number,
    level: row.level,
    ratedAt: row.rated_at,
    receivedAt: row.received_at,
    late: row.late === 1,
    ...(national && {
      national: Object.fromEntries(Object.entries(national).filter(([field]) => !aboutPeople.has(field))),
    }),
    ...(row.held !== null && { held: row.held }),
    excluded: row.excluded === 1,
  };
}
