import { z } from 'zod';
import { nameOf } from '../codes/codebook.ts';
import { codeProfiles } from '../codes/code-profiles.ts';
import { badLevels } from '../rating-levels.ts';
import { ratingLevel, type RatingLevel } from '../rating.ts';
import { done, refused, type Result } from '../result.ts';

/** A self-service terminal counts as `on-site`, like a window (Sichuan plan after 国办发〔2019〕51号). */
const servicePlace = z.enum(['on-site', 'online']);
type ServicePlace = z.infer<typeof servicePlace>;

const ratingTag = z.strictObject({
  code: z.string().regex(/^\d{3}$/),
  level: ratingLevel,
  place: servicePlace,
  label: z.string().trim().min(1),
});
type RatingTag = z.infer<typeof ratingTag>;

/**
 * Second-level indicators (二级指标) of a rating, by level and place. Published centrally: a hall adds and removes none
 * (Sichuan plan after 国办发〔2019〕51号), so they come as a whole and with a version.
 */
const ratingTagList = z.strictObject({
  version: z.int().positive(),
  publishedOn: z.iso.date(),
  tags: z.array(ratingTag).min(1),
});
export type RatingTagList = z.infer<typeof ratingTagList>;

type TagListProblem =
  | 'malformed'
  /** One code, two meanings. */
  | 'code-twice'
  /** The first digit of a code is the national number of its level: 510 belongs to 5. */
  | 'code-of-another-level'
  /** A bad level without tags could be given no reason by tapping. */
  | 'bad-level-without-tags';

export function readTagList(data: unknown): Result<RatingTagList, TagListProblem> {
  const parsed = ratingTagList.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const { tags } = parsed.data;
  if (new Set(tags.map(({ code }) => code)).size < tags.length) return refused('code-twice');
  for (const { code, level } of tags) {
    const named = nameOf(codeProfiles.national.levels, code.slice(0, 1));
    if (!named.ok || named.value !== level) return refused('code-of-another-level', code);
  }
  for (const place of servicePlace.options) {
    for (const level of badLevels) {
      if (tagsFor(parsed.data, level, place).length === 0) return refused('bad-level-without-tags', place);
    }
  }
  return done(parsed.data);
}

/**
 * The list to use from now on. `not-newer`: an older one, or the same version with other content, which somebody must
 * have changed outside the centre. Receiving the list in use again changes nothing.
 */
export function replaceTagList(current: RatingTagList, received: RatingTagList): Result<RatingTagList, 'not-newer'> {
  if (received.version > current.version) return done(received);
  return JSON.stringify(received) === JSON.stringify(current) ? done(current) : refused('not-newer');
}

/** What is offered for a level at a place, in the order of the list. */
export function tagsFor(list: RatingTagList, level: RatingLevel, place: ServicePlace): RatingTag[] {
  return list.tags.filter((tag) => tag.level === level && tag.place === place);
}
