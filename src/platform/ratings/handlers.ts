import { implement } from '@orpc/server';
import { badReview, ratingCalls } from '../../contract/office/ratings.ts';
import { hallOfOffice } from '../../domain/office-code.ts';
import { ownOffice } from '../office-reader.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { readReview, readReviews, stepReview } from './bad-review-records.ts';
import { readRatings } from './rating-records.ts';

export function ratingHandlers(deps: SubjectDeps) {
  const { database, faults, clock } = deps;
  const server = implement(ratingCalls).$context<CallContext>();
  return {
    records: server.records.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const { from, to, after = '' } = input;
      return readRatings(database, { from, to, after, except: hallOfOffice(input.officer.office) ?? '' });
    }),
    badReviews: server.badReviews.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const hall = hallOfOffice(input.officer.office);
      return { reviews: await readReviews(database, hall, input.which, clock.now()) };
    }),
    badReview: server.badReview.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const found = await readReview(database, hallOfOffice(input.officer.office), input.id, clock.now());
      if (!found) throw errors.UNKNOWN_REVIEW();
      return found;
    }),
    takeReviewStep: server.takeReviewStep.handler((call) =>
      writeOnce(deps, 'bad-review-step', call, badReview, (sql, body, at) =>
        stepReview(sql, hallOfOffice(body.officer.office), body, at),
      ),
    ),
  };
}
