import type { Day } from '../calendar/day.ts';
import type { RatingLevel } from '../rating.ts';
import { done, refused, type Result } from '../result.ts';

/** What a person did who read a guide (办事指南). There is no default for any of it: without a press there is no rating. */
export interface GuidePress {
  /** 实施编码 of the item that the guide is of. */
  readonly itemCode: string;
  /** The version of it that was read. */
  readonly itemVersion: number;
  readonly level: RatingLevel;
  /** The day at the hall. No time: with one, a rating could be laid beside the cases of its minute. */
  readonly on: Day;
}

declare const given: unique symbol;

/**
 * A rating of a guide that somebody gave. Only {@link rateGuide} makes one, and only out of a press, so that no level can
 * be a default or the system's (国办发〔2019〕51号: ratings are voluntary and unforced). It has no person, no case and no
 * reason: what is rated is a text, nobody's service, and a bad level opens no review of anybody.
 */
export type GivenGuideRating = GuidePress & { readonly [given]: true };

/**
 * One rating for each guide and visit (一次一评): whoever presses again has rated it. Another guide is another rating. Who is
 * at the kiosk is not asked, so a visit is all there is to count by.
 *
 * @param rated codes of the guides that were rated in this visit
 */
export function rateGuide(rated: ReadonlySet<string>, press: GuidePress): Result<GivenGuideRating, 'already-rated'> {
  if (rated.has(press.itemCode)) return refused('already-rated');
  return done({ ...press } as GivenGuideRating);
}
