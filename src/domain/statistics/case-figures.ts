import type { HallFacts } from './facts.ts';
import { cut } from './item-figures.ts';
import { isWithin, type Period } from './period.ts';
import { shareOf, type Share } from './share.ts';

/** Figures about what happened in a period. */
export const caseFigureNames = [
  'activelyRated',
  'ratingsPerGuide',
  'finishedOnline',
  'onTime',
  'twoVisitsAtMost',
  'visitsPerCase',
  'materialsSpared',
] as const;

/**
 * - `activelyRated`: 主动评价率, cases closed in the period that somebody rated by its end ÷ cases closed in it (德昌县 2021).
 *   A case counts once, however often it was rated.
 * - `ratingsPerGuide`: ratings of guides up to the end of the period ÷ guides, since the target is a standing one (德昌县 2021).
 * - `finishedOnline`: 网上办结率, cases finished in the period through an online application ÷ all cases (东莞市 2014), that
 *   is all that were open on some day of it.
 * - `onTime`: 按时办结率, closed within the limit ÷ closed (德昌县 2021).
 * - `twoVisitsAtMost`: the share of the closed online applications that took at most two visits (东莞市 2014).
 * - `visitsPerCase`: 到现场次数, visits ÷ closed cases: a mean, not a share (东莞市 2014).
 * - `materialsSpared`: papers not handed over ÷ papers that the closed cases would have needed before (沧州市 2018).
 */
export function caseFigures(
  { items, cases, ratings, guideRatings }: HallFacts,
  period: Period,
): Readonly<Record<(typeof caseFigureNames)[number], Share>> {
  const closed = cases.filter(({ closedOn }) => isWithin(closedOn, period));
  const worked = cases.filter(
    ({ handedInOn, closedOn }) => handedInOn <= period.to && (closedOn === undefined || closedOn >= period.from),
  );
  const rated = new Set(ratings.filter(({ on }) => on <= period.to).map(({ caseId }) => caseId));
  const before = new Map(items.map(({ code, materialsBefore }) => [code, materialsBefore]));
  return {
    activelyRated: shareOf(closed, ({ id }) => rated.has(id)),
    ratingsPerGuide: { part: guideRatings.filter(({ on }) => on <= period.to).length, whole: items.length },
    finishedOnline: shareOf(worked, ({ online, closedOn }) => online && isWithin(closedOn, period)),
    onTime: shareOf(closed, ({ dueOn, closedOn }) => closedOn !== undefined && closedOn <= dueOn),
    twoVisitsAtMost: shareOf(
      closed.filter(({ online }) => online),
      ({ visits }) => visits <= 2,
    ),
    visitsPerCase: { part: closed.reduce((sum, { visits }) => sum + visits, 0), whole: closed.length },
    materialsSpared: cut(
      closed.flatMap(({ itemCode, materialsHandedOver }) => {
        const papers = before.get(itemCode);
        return papers === undefined ? [] : [[papers, materialsHandedOver] as const];
      }),
    ),
  };
}
