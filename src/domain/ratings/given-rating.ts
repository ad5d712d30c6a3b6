import { badLevels } from '../rating-levels.ts';
import type { RatingChannel, RatingLevel } from '../rating.ts';
import { done, refused, type Result } from '../result.ts';
import { tagsFor, type RatingTagList } from './tags.ts';

/** More than a person writes at a terminal. */
export const longestRatingText = 500;

/** Where a person pressed: on the page, on the pad, or on a phone after reading the code on the receipt. */
export type RatingSource = RatingChannel | 'qr';

/** What a person did. There is no default for any of it, and a person who skips did nothing: no press, no rating. */
export interface RatingPress {
  /** The case: its id here or its 办件编号, as long as it is always the same one. */
  readonly matter: string;
  /** 1 the first rating, 2 the later addition (追评). */
  readonly number: 1 | 2;
  readonly level: RatingLevel;
  readonly source: RatingSource;
  /** Codes of second-level indicators. */
  readonly tags: readonly string[];
  readonly text: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

declare const given: unique symbol;

/**
 * A rating that somebody gave. Only {@link giveRating} makes one, and only out of a press: a level "by default" or "by
 * the system" has no way in (国办发〔2019〕51号: ratings are voluntary and unforced).
 */
export type GivenRating = RatingPress & {
  /** Of the tags it was chosen from. */
  readonly tagVersion: number;
  readonly [given]: true;
};

type PressProblem =
  /** A bad level says why: at least one tag or some words (practice of the Shandong upload). */
  'reason-needed' | 'unknown-tag' | 'tag-twice' | 'text-too-long';

/**
 * @param list the list in use; a terminal offers its tags for service on site
 * @returns `unknown-tag`: a code that is not offered for this level here
 */
export function giveRating(press: RatingPress, list: RatingTagList): Result<GivenRating, PressProblem> {
  const text = press.text.trim();
  if (badLevels.has(press.level) && press.tags.length === 0 && text === '') return refused('reason-needed');
  if (Array.from(text).length > longestRatingText) return refused('text-too-long');
  const offered = new Set(tagsFor(list, press.level, 'on-site').map(({ code }) => code));
  if (!press.tags.every((code) => offered.has(code))) return refused('unknown-tag');
  if (new Set(press.tags).size < press.tags.length) return refused('tag-twice');
  return done({ ...press, text, tagVersion: list.version } as GivenRating);
}

export type RatingConflict =
  /** This case has a rating with this number: touch, pad and code end in one record. */
  | 'already-rated'
  /** A second rating adds to a first one. */
  | 'first-missing'
  | 'before-the-first';

/**
 * Whether a case can have one more rating: exactly one per number, the second only after the first (一次一评; `assessNumber`
 * of the national interface).
 *
 * @param kept those of the same case
 */
export function conflictOf(
  kept: readonly Pick<RatingPress, 'number' | 'at'>[],
  rating: Pick<RatingPress, 'number' | 'at'>,
): RatingConflict | undefined {
  if (kept.some(({ number }) => number === rating.number)) return 'already-rated';
  if (rating.number === 1) return undefined;
  const first = kept.find(({ number }) => number === 1);
  if (!first) return 'first-missing';
  return Date.parse(rating.at) < Date.parse(first.at) ? 'before-the-first' : undefined;
}

/**
 * Takes a rating into those of a case, see {@link conflictOf}.
 *
 * @param kept ratings of the same or of other cases
 */
export function keepRating(
  kept: readonly GivenRating[],
  rating: GivenRating,
): Result<readonly GivenRating[], RatingConflict> {
  const conflict = conflictOf(
    kept.filter(({ matter }) => matter === rating.matter),
    rating,
  );
  return conflict ? refused(conflict) : done([...kept, rating]);
}
