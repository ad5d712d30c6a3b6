import type { RatingLevel } from '../rating.ts';
import type { HallFacts, RatingFacts } from './facts.ts';
import { isWithin, type Period } from './period.ts';
import type { Share } from './share.ts';

/** How levels and complaints become one figure. Whole numbers, so that the figure stays exact. */
export interface SatisfactionFormula {
  /** What each level counts. */
  readonly points: Readonly<Record<RatingLevel, number>>;
  /** What counts as wholly satisfied. */
  readonly most: number;
  /** How many ratings without any point one complaint counts as; 0 leaves complaints out. */
  readonly complaintWeight: number;
}

/**
 * The definition (东莞市 2014) names stars and complaints and gives no weights. Unless a hall sets others, the three levels
 * that are no bad reviews count as satisfied, and a complaint counts as one person who was not.
 */
export const defaultFormula: SatisfactionFormula = {
  points: { 'very-satisfied': 1, satisfied: 1, 'fairly-satisfied': 1, dissatisfied: 0, 'very-dissatisfied': 0 },
  most: 1,
  complaintWeight: 1,
};

/**
 * 服务满意率 of a period: points reached ÷ points possible, over the ratings and complaints of its days. Of two ratings of
 * a case in the period the second counts, the person's last word; those taken out by an appeal do not.
 */
export function satisfaction(facts: HallFacts, period: Period, formula: SatisfactionFormula): Share {
  const last = new Map<string, RatingFacts>();
  for (const rating of facts.ratings) {
    if (rating.excluded || !isWithin(rating.on, period)) continue;
    const known = last.get(rating.caseId);
    if (!known || known.number < rating.number) last.set(rating.caseId, rating);
  }
  const complaints = facts.complaints.filter(({ on }) => isWithin(on, period)).length;
  let part = 0;
  for (const { level } of last.values()) part += formula.points[level];
  return { part, whole: formula.most * (last.size + formula.complaintWeight * complaints) };
}
