import type { GuideRatingReceipt, GuideRatingSubmission } from '../../contract/guide-rating-calls.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Sql } from '../sql.ts';

interface GuideRatingRow {
  readonly hall_code: string;
  readonly item_code: string;
  readonly item_version: number;
  readonly level: string;
  readonly rated_on: string;
}

/**
 * Keeps a rating of a guide, once for its id. Of an item that is not published here too: a kiosk may show what was offered
 * until today. Part of a transaction.
 */
export async function addGuideRating(
  sql: Sql,
  { id, hallCode, itemCode, itemVersion, level, ratedOn }: GuideRatingSubmission,
  at: Date,
): Promise<Result<GuideRatingReceipt, 'content-differs'>> {
  const content = [hallCode, itemCode, itemVersion, level, ratedOn] as const;
  const known = await sql.get<GuideRatingRow>(
    'SELECT hall_code, item_code, item_version, level, rated_on FROM guide_rating WHERE id = $1',
    [id],
  );
  if (known) {
    const { hall_code, item_code, item_version, level: kept, rated_on } = known;
    const isSame = [hall_code, item_code, item_version, kept, rated_on].every(
      (value, index) => value === content[index],
    );
    if (!isSame) return refused('content-differs');
  } else {
    await sql.run(
      `INSERT INTO guide_rating (id, hall_code, item_code, item_version, level, rated_on)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, ...content],
    );
  }
  return done({ receivedAt: at.toISOString() });
}
