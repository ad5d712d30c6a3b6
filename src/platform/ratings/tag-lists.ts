import published from '../../../resources/ratings/tags.json' with { type: 'json' };
import { type RatingTagList, readTagList } from '../../domain/ratings/tags.ts';

const read = readTagList(published);
if (!read.ok) throw new Error(`the list of rating tags is ${read.reason}`);

/** Every list that a rating may have been chosen from, by version; kiosks may be a version behind. */
export const tagLists: ReadonlyMap<number, RatingTagList> = new Map([[read.value.version, read.value]]);

/** The one in use. */
export const currentTags: RatingTagList = read.value;
