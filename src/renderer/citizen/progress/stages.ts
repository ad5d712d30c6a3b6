import type { ProgressView } from '../../../contract/visit-view.ts';

type Stage = ProgressView['stage'];

/** The five stages of a case, in order. */
export const caseStages = [
  'applied',
  'accepted',
  'reviewing',
  'decided',
  'delivered',
] as const satisfies readonly Stage[];
export type CaseStage = (typeof caseStages)[number];

/** How a stage of the line looks for a case that has come so far. Before it is sent no stage is reached. */
export function stageState(stage: CaseStage, reached: Stage): 'done' | 'now' | 'later' {
  const at = caseStages.findIndex((candidate) => candidate === reached);
  const own = caseStages.indexOf(stage);
  if (own < at) return 'done';
  return own === at ? 'now' : 'later';
}
