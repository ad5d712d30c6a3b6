import type { Day } from '../calendar/day.ts';
import type { CatalogueItem } from '../item.ts';
import type { RatingLevel } from '../rating.ts';

/** What the figures need of an item. */
export interface ItemFacts {
  readonly code: string;
  readonly kind: CatalogueItem['kind'];
  /** 办事深度; 0 when not even a guide and a form are online. */
  readonly depth: 0 | 1 | 2 | 3;
  /** Can be applied for online (网上可办). */
  readonly online: boolean;
  /** 全程网办 */
  readonly fullyOnline: boolean;
  /** Can be done at a terminal (是否支持终端办理). */
  readonly terminal: boolean;
  /** 社会事务, one of the three fields that 东莞市 2014 reports by itself. */
  readonly socialAffairs: boolean;
  /** 到现场次数 */
  readonly visits: number;
  /** Working days. */
  readonly legalLimit: number;
  readonly promisedLimit: number;
  /** How many materials are asked for, and were before they were cut. */
  readonly materials: number;
  readonly materialsBefore: number;
}

/** What the figures need of a case: no person. */
export interface CaseFacts {
  readonly id: string;
  readonly itemCode: string;
  /** Applied for online or at a terminal, not at a window. */
  readonly online: boolean;
  readonly visits: number;
  readonly handedInOn: Day;
  /** Absent while it is open. */
  readonly closedOn?: Day;
  /** The last day of its limit. */
  readonly dueOn: Day;
  /** Papers that were really handed over, after certificates and checks stood in. */
  readonly materialsHandedOver: number;
}

export interface RatingFacts {
  readonly caseId: string;
  readonly number: 1 | 2;
  readonly level: RatingLevel;
  readonly on: Day;
  /** An appeal against it was upheld. */
  readonly excluded: boolean;
}

/** All that a hall's figures are made of. Any order. */
export interface HallFacts {
  readonly items: readonly ItemFacts[];
  readonly cases: readonly CaseFacts[];
  readonly ratings: readonly RatingFacts[];
  /** One entry for each rating of a guide. */
  readonly guideRatings: readonly { readonly itemCode: string; readonly on: Day }[];
  readonly complaints: readonly { readonly on: Day }[];
}
