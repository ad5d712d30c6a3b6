import type { CaseSupply, OwnCaseAnswer, OwnCaseRequest } from '../../contract/case-calls.ts';
import { done, refused, type Refused, type Result } from '../../domain/result.ts';
import type { Transaction } from '../sql.ts';
import { findCaseFile, type CaseFile } from './case-file.ts';
import { noReview, readDecision } from './decisions.ts';
import { isOfAnother, standingOf } from './standing.ts';
import { announcePages, keepSupply } from './supplies.ts';
import { takeStep } from './take-step.ts';
import { supplyWhole, withdrawWhole } from './whole-moves.ts';

type Refusal = 'unknown-case' | 'not-the-applicant' | 'case-is-over' | 'not-from-here';

/** 撤回: until it is decided. */
export async function withdraw(
  sql: Transaction,
  request: OwnCaseRequest,
  now: Date,
): Promise<Result<OwnCaseAnswer, Refusal>> {
  const file = await ownFile(sql, request);
  if (!file.ok) return file;
  if (file.value.isComposite) return withdrawWhole(sql, file.value, request.kioskId, now);
  return step(sql, file.value, 'withdraw', request.kioskId, now);
}

/** Puts a case that rules decided before a person, once. */
export async function askReview(
  sql: Transaction,
  request: OwnCaseRequest,
  now: Date,
): Promise<Result<OwnCaseAnswer, Refusal | 'not-decided-by-rules' | 'reviewed-before'>> {
  const file = await ownFile(sql, request);
  if (!file.ok) return file;
  const why = noReview(file.value, await readDecision(sql, file.value.id));
  return why === undefined ? step(sql, file.value, 'ask-review', request.kioskId, now) : refused(why);
}

/** 补正: takes in what the last notice asked for and nothing else. The next round is looked through when its pages are here. */
export async function supply(
  sql: Transaction,
  request: CaseSupply,
  now: Date,
): Promise<Result<OwnCaseAnswer, Refusal | 'not-asked-for' | 'nothing-supplied' | 'content-differs'>> {
  const file = await ownFile(sql, request);
  if (!file.ok) return file;
  const { id, trail } = file.value;
  const { materials } = request;
  const pages = materials.flatMap((one) => one.pages.map((page) => ({ ...page, material: one.id })));
  if (file.value.isComposite)
    return (await isAnyKnown(sql, pages)) ?? supplyWhole(sql, file.value, request, request.kioskId, now);
  if (trail.state === 'supplement') {
    const { givenAt } = standingOf(file.value).supplement ?? {};
    if (isOfAnother(request, givenAt)) return refused('not-from-here', 'another notice');
    const wrong = whyNotTaken(file.value, request) ?? (await isAnyKnown(sql, pages));
    if (wrong) return wrong;
  }
  const moved = await step(sql, { ...file.value, pagesMissing: pages.length }, 'supply', request.kioskId, now);
  if (!moved.ok) return moved;
  await keepSupply(sql, file.value, request, moved.value.at);
  await announcePages(sql, id, request);
  return moved;
}

/** By the notice that the supplement answers. */
function whyNotTaken(
  { lines }: CaseFile,
  { situations, fields, materials }: CaseSupply,
): Refused<'nothing-supplied' | 'not-asked-for'> | undefined {
  const given = [...Object.keys(situations), ...Object.keys(fields), ...materials.map(({ id }) => id)];
  if (given.length === 0) return refused('nothing-supplied');
  const notice = lines.at(-1)?.defects ?? [];
  const asked = new Set(notice.flatMap(({ on }) => on));
  const isOpen = notice.some(({ on }) => on.length === 0);
  const other = given.filter((one) => !isOpen && !asked.has(one));
  return other.length > 0 ? refused('not-asked-for', other.join(', ')) : undefined;
}

async function isAnyKnown(
  sql: Transaction,
  pages: readonly { readonly id: string }[],
): Promise<Refused<'content-differs'> | undefined> {
  if (new Set(pages.map(({ id }) => id)).size < pages.length) return refused('content-differs');
  for (const { id } of pages)
    if (await sql.get('SELECT 1 AS found FROM page WHERE id = $1', [id])) return refused('content-differs');
  return undefined;
}

async function ownFile(
  sql: Transaction,
  { number, idNumber }: Pick<OwnCaseRequest, 'number' | 'idNumber'>,
): Promise<Result<CaseFile, 'unknown-case' | 'not-the-applicant'>> {
  const file = await findCaseFile(sql, number);
  if (!file) return refused('unknown-case');
  return file.content.applicant.idNumber === idNumber ? done(file) : refused('not-the-applicant');
}

async function step(
  sql: Transaction,
  file: CaseFile,
  event: 'supply' | 'withdraw' | 'ask-review',
  kioskId: string,
  now: Date,
): Promise<Result<OwnCaseAnswer, 'case-is-over' | 'not-from-here'>> {
  const taken = await takeStep(sql, file, { event, by: 'applicant', maker: { kind: 'applicant', kioskId } }, now);
  if (taken.ok) return done({ caseId: file.id, at: taken.value.lines.at(-1)?.at ?? now.toISOString() });
  const { reason, detail } = taken;
  if (reason === 'case-is-over' || reason === 'not-from-here') return refused(reason, detail);
  throw new Error(`${event}: ${reason}`);
}
