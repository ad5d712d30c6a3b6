import published from '../../../resources/ratings/tags.json' with { type: 'json' };
import type { RatingLevel } from '../../domain/rating.ts';
import { readTagList, tagsFor } from '../../domain/ratings/tags.ts';

const read = readTagList(published);
if (!read.ok) throw new Error(`the list of rating tags is ${read.reason}`);

/** The reasons as they are published; a hall adds and removes none. */
export const tagList = read.value;

/** What a person at a terminal may choose from for a level. */
export function reasonsFor(level: RatingLevel): { code: string; label: string }[] {
  return tagsFor(tagList, level, 'on-site').map(({ code, label }) => ({ code, label }));
}
