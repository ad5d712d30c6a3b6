import { z } from 'zod';
import { ratingLevel } from '../domain/rating.ts';
import { officeHeaders, officeWrite } from './office/office-call.ts';
import { guideRatingExample } from './platform-examples.ts';
import { hallCode, instant } from './word.ts';

/**
 * What somebody thought of a guide (办事指南). Nobody knows who: it names no person and no case, and it has a day and no time,
 * here and in its `id`, which the kiosk makes of the day alone.
 */
export const guideRatingSubmission = z
  .strictObject({
    id: z.uuid(),
    /** Who sends it; it is not kept. */
    kioskId: z.string().trim().min(1).max(64),
    hallCode,
    itemCode: z.string().trim().min(1).max(64),
    /** The version of the item that was read. */
    itemVersion: z.int().positive(),
    /** Pressed; there is no default. */
    level: ratingLevel,
    /** YYYY-MM-DD by the kiosk's clock. */
    ratedOn: z.iso.date(),
  })
  .meta({ examples: [guideRatingExample] });
export type GuideRatingSubmission = z.infer<typeof guideRatingSubmission>;

export const guideRatingReceipt = z.object({ receivedAt: instant });
export type GuideRatingReceipt = z.infer<typeof guideRatingReceipt>;

export const guideRatingCalls = {
  submitGuideRating: officeWrite(['content-differs'])
    .route({
      method: 'POST',
      path: '/guide-ratings',
      summary: 'Hand in a rating of a guide',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: guideRatingSubmission }))
    .output(guideRatingReceipt),
};
