import { implement } from '@orpc/server';
import { statisticsCalls } from '../../contract/office/statistics.ts';
import { type Figure, figureNames, hallFigures } from '../../domain/statistics/hall-figures.ts';
import { isWithin, periodOf } from '../../domain/statistics/period.ts';
import { defaultFormula } from '../../domain/statistics/satisfaction.ts';
import { written } from '../../domain/statistics/share.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { dayFigures } from './day-figures.ts';
import { readHallFacts } from './hall-facts.ts';
import { readItemFacts } from './item-facts.ts';

export function statisticsHandlers({ database, faults }: SubjectDeps) {
  const server = implement(statisticsCalls).$context<CallContext>();
  return {
    figures: server.figures.handler(async ({ input: { kind, day, hall }, signal }) => {
      await faults.mayBegin(signal);
      const period = periodOf(kind, day);
      const facts = await readHallFacts(database, await readItemFacts(database), hall, period.to);
      const figures = hallFigures(facts, period, defaultFormula);
      const views = figureNames.map((name) => [name, viewOf(figures[name])]);
      return { period, figures: Object.fromEntries(views) as Record<(typeof figureNames)[number], FigureView> };
    }),
    items: server.items.handler(async ({ input: { kind, day, hall }, signal }) => {
      await faults.mayBegin(signal);
      const period = periodOf(kind, day);
      const items = await readItemFacts(database);
      const all = await readHallFacts(database, items, hall, period.to);
      const itemOf = new Map(all.cases.map(({ id, itemCode }) => [id, itemCode]));
      const cases = Map.groupBy(all.cases, ({ itemCode }) => itemCode);
      const ratings = Map.groupBy(all.ratings, ({ caseId }) => itemOf.get(caseId));
      const guideRatings = Map.groupBy(all.guideRatings, ({ itemCode }) => itemCode);
      const complaints = Map.groupBy(all.complaints, ({ itemCode }) => itemCode);
      return {
        period,
        items: items.map((item) => {
          const own = cases.get(item.code) ?? [];
          const about = complaints.get(item.code) ?? [];
          const facts = {
            items: [item],
            cases: own,
            ratings: ratings.get(item.code) ?? [],
            guideRatings: guideRatings.get(item.code) ?? [],
            complaints: about,
          };
          const { onTime, activelyRated, ratingsPerGuide, satisfied } = hallFigures(facts, period, defaultFormula);
          return {
            code: item.code,
            name: item.name,
            handedIn: own.filter(({ handedInOn }) => isWithin(handedInOn, period)).length,
            closed: own.filter(({ closedOn }) => isWithin(closedOn, period)).length,
            complaints: about.filter(({ on }) => isWithin(on, period)).length,
            onTime: viewOf(onTime),
            activelyRated: viewOf(activelyRated),
            ratingsPerGuide: viewOf(ratingsPerGuide),
            satisfied: viewOf(satisfied),
          };
        }),
      };
    }),
    day: server.day.handler(async ({ input: { day, hall }, signal }) => {
      await faults.mayBegin(signal);
      const facts = await readHallFacts(database, await readItemFacts(database), hall, day);
      return dayFigures(database, facts, hall, day);
    }),
  };
}

type FigureView = Figure & { readonly written: string };
const viewOf = (figure: Figure): FigureView => ({ ...figure, written: written(figure, figure.unit) });
