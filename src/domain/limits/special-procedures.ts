import { z } from 'zod';

/**
 * 特别程序: what may hold up an application, and whether the time it takes is left out of the limit.
 *
 * - `by-law`: always (行政许可法 art. 45: 听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审).
 * - `by-item`: when the item's guide names it, since another law says so.
 * - `extends`: does not stop the clock but makes the limit longer (延长审批, 行政许可法 art. 42).
 */
export const specialProcedures = {
  hearing: 'by-law',
  tender: 'by-law',
  auction: 'by-law',
  inspection: 'by-law',
  testing: 'by-law',
  quarantine: 'by-law',
  appraisal: 'by-law',
  'expert-review': 'by-law',
  announcement: 'by-item',
  'site-visit': 'by-item',
  /** What a court or another authority has to find first, as 工伤保险条例 art. 20 has it. */
  'other-authority': 'by-item',
  extension: 'extends',
} as const;

export type SpecialProcedure = keyof typeof specialProcedures;
export const specialProcedureKind = z.enum(Object.keys(specialProcedures) as [SpecialProcedure, ...SpecialProcedure[]]);

/** Whether the clock stands still during a procedure. `named`: those that the item's guide names. */
export function stopsClock(procedure: SpecialProcedure, named: readonly SpecialProcedure[]): boolean {
  const effect = specialProcedures[procedure];
  return effect === 'by-law' || (effect === 'by-item' && named.includes(procedure));
}

/** The code of GB/T 39046-2020 A.7: 1 延长审批, 2 其他. */
export function specialProcedureCode(procedure: SpecialProcedure): '1' | '2' {
  return specialProcedures[procedure] === 'extends' ? '1' : '2';
}
