import { caseFigureNames, caseFigures } from './case-figures.ts';
import type { HallFacts } from './facts.ts';
import { itemFigureNames, itemFigures } from './item-figures.ts';
import type { Period } from './period.ts';
import { satisfaction, type SatisfactionFormula } from './satisfaction.ts';
import { meets, type Share, type ShareUnit } from './share.ts';
import { targets, type Target } from './targets.ts';

/** Every figure, in the order in which staff read them. */
export const figureNames = [...itemFigureNames, ...caseFigureNames, 'satisfied'] as const;
export type FigureName = (typeof figureNames)[number];

export interface Figure extends Share {
  readonly unit: ShareUnit;
  /** The line it is held against, where a plan draws one. */
  readonly target?: Target;
  /** Absent without a target or without anything to count. */
  readonly reached?: boolean;
}

/** All figures of a hall for one period, each with its target. */
export function hallFigures(
  facts: HallFacts,
  period: Period,
  formula: SatisfactionFormula,
): Readonly<Record<FigureName, Figure>> {
  const shares: Record<FigureName, Share> = {
    ...itemFigures(facts.items),
    ...caseFigures(facts, period),
    satisfied: satisfaction(facts, period, formula),
  };
  const figures = figureNames.map((name): [FigureName, Figure] => [name, figureOf(name, shares[name])]);
  return Object.fromEntries(figures) as Record<FigureName, Figure>;
}

const means: ReadonlySet<FigureName> = new Set<FigureName>(['ratingsPerGuide', 'visitsPerCase']);
const lines: Readonly<Partial<Record<string, Target>>> = targets;

function figureOf(name: FigureName, share: Share): Figure {
  const unit = means.has(name) ? 'each' : 'percent';
  const target = lines[name];
  if (!target) return { ...share, unit };
  const reached = meets(share, target);
  return { ...share, unit, target, ...(reached !== undefined && { reached }) };
}
