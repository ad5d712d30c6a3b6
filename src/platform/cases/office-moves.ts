import type { CaseLine, NoticeDefect, OfficeMove, TrailLine } from '../../contract/office/cases.ts';
import type { Officer } from '../../contract/office/office-call.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { giveNotice } from '../../domain/notice/one-time-notice.ts';
import type { Transaction } from '../sql.ts';
import { readCaseFile, type CaseFile } from './case-file.ts';
import { lineOf } from './case-line.ts';
import { flagLate, handInOf, keepRound, readHistory, readRound } from './rounds.ts';
import { takeStep } from './take-step.ts';

type Refusal =
  | 'unknown-case'
  | 'other-office'
  | 'decided-in-parts'
  | 'pages-missing'
  | 'case-is-over'
  | 'not-from-here'
  | 'extended-before'
  | NoticeRefusal;
type NoticeRefusal = 'nothing-to-notice' | 'ground-twice' | 'late-grounds';

/** What a department does with one of its cases. */
export async function moveByOffice(
  sql: Transaction,
  { officer, caseId, move }: { readonly officer: Officer; readonly caseId: string; readonly move: OfficeMove },
  now: Date,
): Promise<Result<CaseLine, Refusal>> {
  const file = await readCaseFile(sql, caseId);
  if (!file) return refused('unknown-case');
  if (file.office !== officer.office) return refused('other-office');
  if (file.isComposite) return refused('decided-in-parts');
  if (file.trail.state === 'handed-in' && file.pagesMissing > 0) return refused('pages-missing');
  if (move.event === 'ask-supplement' && file.trail.state === 'handed-in') {
    const given = await noticeByOffice(sql, file, officer, move.defects, now);
    if (!given.ok) return given;
  }
  const step: Omit<TrailLine, 'at'> = { ...move, by: 'department', maker: { kind: 'officer', ...officer } };
  const taken = await takeStep(sql, file, step, now);
  if (!taken.ok) {
    const { reason, detail } = taken;
    if (reason === 'case-is-over' || reason === 'not-from-here' || reason === 'extended-before')
      return refused(reason, detail);
    throw new Error(`${move.event}: ${reason}`);
  }
  return done(await lineOf(sql, taken.value, now));
}

/** Keeps a notice as that of its round. Grounds that come too late are not given, and supervision is told of them. */
async function noticeByOffice(
  sql: Transaction,
  file: CaseFile,
  officer: Officer,
  defects: readonly NoticeDefect[],
  now: Date,
): Promise<Result<undefined, NoticeRefusal>> {
  const { id: caseId, round } = file;
  const at = now.toISOString();
  const handIn = handInOf(file, (await readRound(sql, file))?.handIn.knowable ?? []);
  const grounds = defects.map(({ rule, on }) => ({ rule, on }));
  const given = giveNotice(await readHistory(sql, caseId), handIn, grounds, at);
  if (given.ok) {
    await keepRound(sql, file, { handIn, notice: { round, at, grounds } });
    return done();
  }
  if ('event' in given) {
    const late = given.event.grounds.map(({ rule, on }) => ({ rule, on: [...on] }));
    await flagLate(sql, { caseId, round, grounds: late, at, officer });
    return refused('late-grounds', late.map(({ rule }) => rule).join(', '));
  }
  // What the rules find is told by pre-review itself, before a department has the case in hand.
  if (given.reason === 'incomplete') throw new Error('the rules found more than was told');
  return refused(given.reason);
}
