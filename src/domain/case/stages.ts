import type { CaseState } from './states.ts';

/**
 * The stage lists that plans for the online hall print, by their stages: 申请 `apply`, 受理 `accept`, 办理 `handle`, 反馈
 * `feedback`, 审查 `review`, 决定 `decide`, 送达 `deliver`, 制证 `certificate`.
 *
 * - `short`: 申请、受理、办理、反馈 (沧政办字〔2018〕97号)
 * - `full`: 申请、受理、审查、决定、送达 (国家新闻出版广电总局“互联网+政务服务”工作方案, about 2017)
 * - `certificate`: 申请、受理、审查、决定、制证 (德昌县政务服务“一网通办”能力跨越提升实施方案, 2021)
 */
export const stageLists = {
  short: ['apply', 'accept', 'handle', 'feedback'],
  full: ['apply', 'accept', 'review', 'decide', 'deliver'],
  certificate: ['apply', 'accept', 'review', 'decide', 'certificate'],
} as const;

export type StageList = keyof typeof stageLists;
export type Stage = (typeof stageLists)[StageList][number];

/** `stopped`: the case ended here, short of the last stage. */
export type StageStatus = 'done' | 'current' | 'stopped' | 'ahead';

type Phase = 'applying' | 'accepting' | 'reviewing' | 'deciding' | 'making' | 'delivering';

const phases: Readonly<Record<StageList, readonly (readonly Phase[])[]>> = {
  short: [['applying'], ['accepting'], ['reviewing', 'deciding'], ['making', 'delivering']],
  full: [['applying'], ['accepting'], ['reviewing'], ['deciding'], ['making', 'delivering']],
  certificate: [['applying'], ['accepting'], ['reviewing'], ['deciding'], ['making', 'delivering']],
};

const phaseOf: Readonly<Record<Exclude<CaseState, 'withdrawn' | 'closed'>, Phase>> = {
  'handed-in': 'applying',
  supplement: 'applying',
  'not-accepted': 'accepting',
  accepted: 'accepting',
  review: 'reviewing',
  'special-procedure': 'reviewing',
  approved: 'deciding',
  rejected: 'deciding',
  certificate: 'making',
  delivery: 'delivering',
};

/**
 * The stages of a list with how far a case has come. A rejection is delivered and makes no certificate, so its case shows
 * the full list in place of the one with 制证, unless it is being looked at again.
 *
 * @param path the states the case went through, the present one last
 */
export function stagesOf(list: StageList, path: readonly CaseState[]): { stage: Stage; status: StageStatus }[] {
  const sinceReview = path.slice(path.lastIndexOf('review') + 1);
  const shown = list === 'certificate' && sinceReview.includes('rejected') ? 'full' : list;
  const state = path.at(-1);
  if (state === 'closed') return stageLists[shown].map((stage) => ({ stage, status: 'done' }));
  const reached = path.findLast((one) => one !== 'withdrawn' && one !== 'closed') ?? 'handed-in';
  const current = phases[shown].findIndex((members) => members.includes(phaseOf[reached]));
  const ended = state === 'withdrawn' || state === 'not-accepted';
  return stageLists[shown].map((stage, index) => ({
    stage,
    status: index < current ? 'done' : index > current ? 'ahead' : ended ? 'stopped' : 'current',
  }));
}
