import type { CaseSupply } from '../../contract/case-calls.ts';
import type { CaseNews } from '../../contract/changes.ts';
import type { TrailLine } from '../../contract/office/cases.ts';
import type { CaseProgress } from '../../contract/platform-api.ts';
import type { CaseState } from '../../domain/case/states.ts';
import type { CaseFile } from './case-file.ts';

/** What the applicant sees of a case whose steps are in the trail. */
export function standingOf({
  trail: { state },
  pagesMissing,
  lines,
}: Pick<CaseFile, 'trail' | 'pagesMissing' | 'lines'>): Pick<CaseProgress, 'stage'> &
  Pick<CaseNews, 'result' | 'supplement'> {
  const stage = stageOf(state, pagesMissing);
  const result = stage === 'decided' || stage === 'delivered' ? resultOf(lines) : undefined;
  const supplement = state === 'supplement' ? supplementOf(lines.at(-1)) : undefined;
  return { stage, ...(result && { result }), ...(supplement && { supplement }) };
}

export function changeOf(file: CaseFile, line: TrailLine) {
  const supplement = line.event === 'ask-supplement' ? supplementOf(line) : undefined;
  if (supplement) return { kind: 'supplement', content: { caseId: file.id, ...supplement } };
  return { kind: 'case-state', content: { caseId: file.id, ...standingOf(file) } };
}

export function supplementOf(line: TrailLine | undefined): CaseNews['supplement'] {
  if (!line?.defects) return undefined;
  const { defects, dueDay, at: givenAt } = line;
  return {
    givenAt,
    defects: defects.map(({ rule, on, material, what, how }) => ({
      rule,
      on,
      what,
      ...(material !== undefined && { material }),
      ...(how !== undefined && { how }),
    })),
    ...(dueDay !== undefined && { dueDay }),
  };
}

/** Whether it answers a notice that is not the open one; older kiosks do not say which. */
export function isOfAnother(
  { noticeGivenAt }: Pick<CaseSupply, 'noticeGivenAt'>,
  givenAt: string | undefined,
): boolean {
  return noticeGivenAt !== undefined && givenAt !== undefined && Date.parse(noticeGivenAt) !== Date.parse(givenAt);
}

const outcomes: Readonly<Partial<Record<TrailLine['event'], NonNullable<CaseNews['result']>['outcome']>>> = {
  approve: 'granted',
  reject: 'refused',
  'refuse-acceptance': 'refused',
  withdraw: 'withdrawn',
};

export function resultOf(lines: readonly TrailLine[]): CaseNews['result'] {
  const line = lines.findLast(({ event }) => outcomes[event] !== undefined);
  const outcome = line && outcomes[line.event];
  if (outcome === undefined) return undefined;
  return { outcome, ...(line?.text !== undefined && { text: line.text }) };
}

/** 受理 begins when the application is complete, so with its last announced page. */
export function stageOf(state: CaseState, pagesMissing: number): CaseProgress['stage'] {
  return state === 'handed-in' && pagesMissing === 0 ? 'accepted' : stages[state];
}

const stages: Readonly<Record<CaseState, CaseProgress['stage']>> = {
  'handed-in': 'applied',
  supplement: 'applied',
  'not-accepted': 'decided',
  accepted: 'accepted',
  review: 'reviewing',
  'special-procedure': 'reviewing',
  approved: 'decided',
  rejected: 'decided',
  certificate: 'decided',
  delivery: 'delivered',
  closed: 'delivered',
  withdrawn: 'decided',
};
