import { z } from 'zod';
import { ratingLevels } from './rating-levels.ts';

export const ratingLevel = z.enum(ratingLevels);
export type RatingLevel = z.infer<typeof ratingLevel>;

/** Where the press came from: 5 政务大厅其他终端 (the page), 4 评价器 (the pad). A kiosk has no other channel of its own. */
export const ratingChannel = z.enum(['page', 'pad']);
export type RatingChannel = z.infer<typeof ratingChannel>;
