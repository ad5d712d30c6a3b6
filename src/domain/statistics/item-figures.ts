import type { ItemFacts } from './facts.ts';
import { shareOf, type Share } from './share.ts';

/** Figures about the items as they are offered now; they have no period. */
export const itemFigureNames = [
  'depth1',
  'depth2',
  'depth3',
  'handledOnline',
  'availableOnline',
  'socialAffairsOnline',
  'atTerminals',
  'fullyOnline',
  'oneVisit',
  'onTheSpot',
  'limitCut',
  'materialsCut',
] as const;

/**
 * - `depth1`..`depth3`: 网上深化率, the share of items that reach 办事深度 1, 2, 3 (东莞市 2014).
 * - `handledOnline`: 网上办理率, items that reach depth 1 ÷ all items (东莞市 2014).
 * - `availableOnline`: 网上可办率; `fullyOnline`: 全程网办占比; `oneVisit`: 一次办占比, 最多跑一次; `onTheSpot`: 即办件占比
 *   (德昌县 2021), each a share of all items.
 * - `socialAffairsOnline`: the share of 社会事务 items that reach depth 1 (东莞市 2014).
 * - `atTerminals`: the share that a terminal can do.
 * - `limitCut`: 时限压缩, by how much the promised limits together are shorter than the legal ones (德昌县 2021: on average).
 *   Items without a legal limit have nothing to shorten.
 * - `materialsCut`: by how much fewer materials are asked for than before (沧州市 2018). Negative when they grew.
 */
export function itemFigures(items: readonly ItemFacts[]): Readonly<Record<(typeof itemFigureNames)[number], Share>> {
  const reaches = (depth: number) => shareOf(items, (item) => item.depth >= depth);
  const limited = items.filter(({ legalLimit }) => legalLimit > 0);
  return {
    depth1: reaches(1),
    depth2: reaches(2),
    depth3: reaches(3),
    handledOnline: reaches(1),
    availableOnline: shareOf(items, ({ online }) => online),
    socialAffairsOnline: shareOf(
      items.filter(({ socialAffairs }) => socialAffairs),
      ({ depth }) => depth >= 1,
    ),
    atTerminals: shareOf(items, ({ terminal }) => terminal),
    fullyOnline: shareOf(items, ({ fullyOnline }) => fullyOnline),
    oneVisit: shareOf(items, ({ visits }) => visits <= 1),
    onTheSpot: shareOf(items, ({ kind }) => kind === 'on-the-spot'),
    limitCut: cut(limited.map(({ legalLimit, promisedLimit }) => [legalLimit, promisedLimit])),
    materialsCut: cut(items.map(({ materialsBefore, materials }) => [materialsBefore, materials])),
  };
}

/** By how much the second numbers together are less than the first. */
export function cut(pairs: readonly (readonly [before: number, now: number])[]): Share {
  let part = 0;
  let whole = 0;
  for (const [before, now] of pairs) {
    part += before - now;
    whole += before;
  }
  return { part, whole };
}
