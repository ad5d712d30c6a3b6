import { z } from 'zod';
import { ratingLevel } from '../../domain/rating.ts';
import { reviewStates } from '../../domain/ratings/bad-review.ts';
import { officer, officeHeaders, officeRead, officeWrite } from './office-call.ts';
import { hallCode, instant } from '../word.ts';

const day = z.iso.date();
const words = z.string().trim().max(500);

/** A read that depends on who asks. 403: the certificate is another office's. */
const personalRead = officeRead.errors({ OTHER_DEVICE: { status: 403 } });

/** What becomes of a bad review; see `domain/ratings/bad-review.ts`. Texts are for publication: no names. */
export const reviewStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('found-valid') }),
  z.strictObject({ kind: z.literal('appealed'), evidence: z.array(words).min(1).max(20) }),
  z.strictObject({ kind: z.literal('appeal-decided'), excluded: z.boolean(), why: words }),
  z.strictObject({ kind: z.literal('rectified'), measure: words }),
  z.strictObject({ kind: z.literal('called-back'), answer: z.enum(['put-right', 'not-put-right', 'not-reached']) }),
  z.strictObject({ kind: z.literal('closed'), result: words }),
]);

/** The work that one bad review makes. Of an anonymous one nothing says whose case it was. */
export const badReview = z.object({
  /** That of the rating. */
  id: z.uuid(),
  hallCode,
  itemCode: z.string(),
  itemName: z.string(),
  department: z.string(),
  level: ratingLevel,
  /** Codes of the reasons that were chosen; their version is in the rating's record. */
  tags: z.array(z.string()),
  text: z.string(),
  ratedAt: instant,
  /** Only with a name: for calling back. */
  officialNumber: z.string().optional(),
  state: z.enum(reviewStates),
  openedOn: day,
  /** The last day to put it right. */
  dueOn: day,
  /** Counted by plain weeks in part: a year's holidays are not published yet. */
  dueIsAssumed: z.boolean(),
  /** `yellow` a working day before the last one and on it, `red` after it. */
  warning: z.enum(['none', 'yellow', 'red']),
  /** Left out of the figures: an appeal was upheld. */
  excluded: z.boolean(),
});
export type BadReviewView = z.infer<typeof badReview>;

/** Steps that were taken, with who took each. */
const trail = z.array(z.object({ at: instant, officer, step: reviewStep }));
export type ReviewTrail = z.infer<typeof trail>;

/** A rating as it goes up, without the fields about people. */
const ratingRecord = z.object({
  id: z.uuid(),
  hallCode,
  number: z.int().min(1).max(2),
  level: ratingLevel,
  ratedAt: instant,
  receivedAt: instant,
  /** Handed over on a later day than it was given. */
  late: z.boolean(),
  /** The national fields by their names; absent while something is missing for them. */
  national: z.record(z.string(), z.string()).optional(),
  /** `reason-missing`: a bad level whose reason the person did not want to give; `item-unknown`: not in the catalogue. */
  held: z.enum(['reason-missing', 'item-unknown', 'malformed', 'earlier-version']).optional(),
  excluded: z.boolean(),
});
export type RatingRecordView = z.infer<typeof ratingRecord>;

const range = z.strictObject({ officer, from: day, to: day, after: z.uuid().optional() });

export const ratingCalls = {
  records: personalRead
    .route({
      method: 'POST',
      path: '/ratings/records',
      summary: 'Ratings given on some days, a page at a time; an office of a hall gets none of its own hall',
    })
    .input(range)
    .output(z.object({ ratings: z.array(ratingRecord), more: z.boolean() })),
  badReviews: personalRead
    .route({
      method: 'POST',
      path: '/ratings/bad-reviews',
      summary: 'Bad reviews by their last day; an office of a hall gets those of its own hall',
    })
    .input(
      z.strictObject({
        officer,
        /** `open`: not closed; `due-soon`: still to be put right and yellow or red. */
        which: z.enum(['all', 'open', 'due-soon']),
      }),
    )
    .output(z.object({ reviews: z.array(badReview) })),
  badReview: personalRead
    .errors({ UNKNOWN_REVIEW: { status: 404 } })
    .route({ method: 'POST', path: '/ratings/bad-review', summary: 'One bad review with all that was done about it' })
    .input(z.strictObject({ officer, id: z.uuid() }))
    .output(z.object({ review: badReview, trail })),
  takeReviewStep: officeWrite(['unknown-review', 'not-now', 'before-the-last-step', 'words-needed', 'own-appeal'])
    .route({
      method: 'POST',
      path: '/ratings/bad-reviews/steps',
      summary: 'The next step of a bad review',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, id: z.uuid(), step: reviewStep }) }))
    .output(badReview),
};
