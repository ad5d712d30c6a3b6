import { supervisedStep, type SupervisedStep } from '../../contract/office/supervision.ts';
import type { TrailLine } from '../../contract/office/cases.ts';
import type { CaseSubmission } from '../../contract/platform-api.ts';
import { nationalSteps } from '../../domain/case/national-steps.ts';
import { openTrail } from '../../domain/case/trail.ts';
import { caseDeadline } from '../../domain/limits/case-deadline.ts';
import type { Deadline } from '../../domain/limits/deadline.ts';
import { warningColour } from '../../domain/limits/warning.ts';
import { deadlineOfCase } from '../cases/case-line.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { officeTime } from '../office-time.ts';
import { STEPS_PER_PAGE } from '../limits.ts';
import { countUp } from '../official-numbers.ts';
import type { Sql, Transaction } from '../sql.ts';

/** 收件, in the transaction that takes the case in. */
export async function superviseArrival(
  sql: Transaction,
  { hallCode, itemCode, handedInAt }: Pick<CaseSubmission, 'hallCode' | 'itemCode' | 'handedInAt'>,
  { officialNumber, office, at }: { readonly officialNumber: string; readonly office: string; readonly at: Date },
): Promise<void> {
  const receivedAt = at.toISOString();
  // What promises the item makes counts from acceptance only.
  const next = caseDeadline(officeTime, openTrail(handedInAt, receivedAt), 0);
  await add(sql, hallCode, {
    caseNumber: officialNumber,
    itemCode,
    office,
    event: 'receive',
    stepName: '收件',
    action: '其他',
    stepState: '2',
    at: receivedAt,
    by: 'applicant',
    rules: [],
    ...nextOf(next),
  });
}

/** A step of the trail, in the transaction that takes it. */
export async function superviseStep(
  sql: Transaction,
  before: CaseFile,
  after: CaseFile,
  { event, at, by, maker, defects = [] }: TrailLine,
): Promise<void> {
  const { name, action } = nationalSteps[event];
  const limit = await deadlineOfCase(sql, before);
  await add(sql, before.content.hallCode, {
    caseNumber: before.officialNumber,
    itemCode: before.content.itemCode,
    office: before.office,
    event,
    stepName: name,
    action,
    stepState: '2',
    at,
    by: maker.kind === 'rules' ? 'rules' : by,
    rules: defects.map(({ rule }) => rule),
    ...(limit?.state === 'due' && { dueDay: limit.day }),
    ...(limit && { colour: warningColour(officeTime, limit, at) }),
    ...nextOf(await deadlineOfCase(sql, after)),
  });
}

function nextOf(deadline: Deadline | undefined): { nextDueDay?: string } {
  return deadline?.state === 'due' ? { nextDueDay: deadline.day } : {};
}

async function add(sql: Transaction, hallCode: string, step: Omit<SupervisedStep, 'sequence'>): Promise<void> {
  // The counter's row is locked until the transaction ends: who has read one step has read all before it.
  const sequence = await countUp(sql, `supervision ${hallCode}`, 1);
  await sql.run('INSERT INTO supervised_step (hall_code, sequence, content) VALUES ($1, $2, $3)', [
    hallCode,
    sequence,
    JSON.stringify(step),
  ]);
}

export async function readSteps(
  sql: Sql,
  hallCode: string,
  after: number,
): Promise<{ steps: SupervisedStep[]; more: boolean }> {
  const rows = await sql.all<{ sequence: number; content: string }>(
    'SELECT sequence, content FROM supervised_step WHERE hall_code = $1 AND sequence > $2 ORDER BY sequence LIMIT $3',
    [hallCode, after, STEPS_PER_PAGE + 1],
  );
  const steps = rows
    .slice(0, STEPS_PER_PAGE)
    .map(({ sequence, content }) => supervisedStep.parse({ sequence, ...Object(JSON.parse(content)) }));
  return { steps, more: rows.length > steps.length };
}
