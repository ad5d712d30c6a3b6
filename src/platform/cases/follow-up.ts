import type { CaseFollowUp } from '../../contract/case-follow-up.ts';
import type { CaseNews } from '../../contract/changes.ts';
import type { KeptDecision, TrailLine } from '../../contract/office/cases.ts';
import type { CaseProgress } from '../../contract/platform-api.ts';
import { moveCase, waitsFor } from '../../domain/case/states.ts';
import type { Sql } from '../sql.ts';
import { readCaseFile, readParts, type CaseFile } from './case-file.ts';
import { deadlineOfCase } from './case-line.ts';
import { noReview, readDecision } from './decisions.ts';
import { standingOf } from './standing.ts';
import { wholeStanding } from './whole-case.ts';

type Followed = Pick<CaseProgress, 'stage'> & Pick<CaseNews, 'result' | 'supplement' | 'parts'> & CaseFollowUp;

/** What a person who asks after a case hears of it by its trail or its parts; nothing as long as it has neither. */
export async function readFollowUp(sql: Sql, caseId: string): Promise<Followed | undefined> {
  const parts = await readParts(sql, caseId);
  const whole = parts.length > 0 ? await readCaseFile(sql, caseId) : undefined;
  if (whole) return { itemCode: whole.content.itemCode, ...(await followParts(sql, parts)) };
  const begun = await sql.get('SELECT 1 AS found FROM case_step WHERE case_id = $1 LIMIT 1', [caseId]);
  const file = begun && (await readCaseFile(sql, caseId));
  if (!file) return undefined;
  const deadline = await deadlineOfCase(sql, file);
  const decision = await readDecision(sql, caseId);
  return {
    ...standingOf(file),
    itemCode: file.content.itemCode,
    trail: file.lines.map(shownLine),
    waitsFor: waitsFor(file.trail.state),
    ...(deadline?.state === 'due' && { dueDay: deadline.day }),
    ...(decision && { instant: inPlainWords(file, decision) }),
  };
}

/** The steps of all parts in their order, the first of their last days, and what rules said of which. */
async function followParts(sql: Sql, parts: readonly CaseFile[]): Promise<Followed> {
  const { state, ...standing } = wholeStanding(parts);
  const [dueDays, instantParts]: [string[], NonNullable<CaseFollowUp['instantParts']>] = [[], []];
  for (const part of parts) {
    const decision = await readDecision(sql, part.id);
    if (decision) instantParts.push({ part: part.officialNumber, ...inPlainWords(part, decision) });
    const deadline = await deadlineOfCase(sql, part);
    if (deadline?.state === 'due') dueDays.push(deadline.day);
  }
  const [dueDay] = dueDays.toSorted();
  const trail = parts
    .flatMap(({ officialNumber: part, lines }) => lines.map((line) => ({ ...shownLine(line), part })))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return {
    ...standing,
    trail,
    waitsFor: waitsFor(state),
    ...(dueDay !== undefined && { dueDay }),
    ...(instantParts.length > 0 && { instantParts }),
  };
}

function shownLine({ event, at, by, maker }: TrailLine): NonNullable<CaseFollowUp['trail']>[number] {
  return { event, at, by: maker.kind === 'rules' ? 'rules' : by };
}

/** Without the facts behind it. */
function inPlainWords(file: CaseFile, decision: KeptDecision): NonNullable<CaseFollowUp['instant']> {
  const mayMove = moveCase(file.trail.state, 'ask-review', 'applicant').ok;
  return {
    decision: decision.decision,
    decidedAt: decision.decidedAt,
    ruleVersion: decision.ruleVersion,
    trace: decision.trace.map(({ says, outcome }) => ({ says, outcome })),
    mayAskReview: mayMove && noReview(file, decision) === undefined,
  };
}
