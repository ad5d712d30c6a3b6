import { implement } from '@orpc/server';
import { guideRatingCalls, guideRatingReceipt } from '../../contract/guide-rating-calls.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { addGuideRating } from './guide-rating-records.ts';

/** What people think of guides. Ratings of cases come in by the store, which gives each its national record. */
export function guideRatingHandlers(deps: SubjectDeps) {
  const server = implement(guideRatingCalls).$context<CallContext>();
  return {
    submitGuideRating: server.submitGuideRating.handler((call) =>
      writeOnce(deps, 'guide-rating', call, guideRatingReceipt, addGuideRating),
    ),
  };
}
