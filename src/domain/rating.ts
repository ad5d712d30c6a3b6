import { z } from 'zod';

/**
 * The five levels of 好差评, best first. Names, not numbers: the numeric codes run in opposite directions in
 * GB/T 39046 A.8 and in the national rating interface, so numbers exist only in adapters.
 */
export const ratingLevels = [
  'very-satisfied',
  'satisfied',
  'fairly-satisfied',
  'dissatisfied',
  'very-dissatisfied',
] as const;
export const ratingLevel = z.enum(ratingLevels);
export type RatingLevel = z.infer<typeof ratingLevel>;

/** Where the press came from: 5 政务大厅其他终端 (the page), 4 评价器 (the pad). A kiosk has no other channel of its own. */
export const ratingChannel = z.enum(['page', 'pad']);
export type RatingChannel = z.infer<typeof ratingChannel>;
