import { randomUUID } from 'node:crypto';
import type { CaseNews, CasePart } from '../../contract/changes.ts';
import type { CaseProgress } from '../../contract/platform-api.ts';
import { compositeOutcome, compositeState, outcomeOf } from '../../domain/case/composite-state.ts';
import { type CaseState, waitsFor } from '../../domain/case/states.ts';
import { contentHash } from '../content-hash.ts';
import { publishChange } from '../changes.ts';
import type { Transaction } from '../sql.ts';
import { readParts, type CaseFile } from './case-file.ts';
import { resultOf, stageOf, supplementOf } from './standing.ts';

/** Where an 一件事 stands by its parts, as its applicant sees it. */
interface WholeStanding extends Pick<CaseNews, 'result' | 'supplement'> {
  readonly state: CaseState;
  readonly stage: CaseProgress['stage'];
  readonly parts: CasePart[];
}

/** @param files all parts of one case */
export function wholeStanding(files: readonly CaseFile[]): WholeStanding {
  const state = compositeState(files.map(({ trail }) => trail.state));
  const missing = files.reduce((sum, { pagesMissing }) => sum + pagesMissing, 0);
  const stage = stageOf(state, missing);
  const outcome = compositeOutcome(files.map(({ trail }) => outcomeOf(trail.path)));
  const isDecided = stage === 'decided' || stage === 'delivered';
  const supplement = state === 'supplement' ? noticesOf(files) : undefined;
  return {
    state,
    stage,
    // Where the parts were decided differently, there is no word for the whole: each says its own.
    ...(isDecided && outcome !== undefined && outcome !== 'partly-granted' && { result: { outcome } }),
    ...(supplement && { supplement }),
    parts: files.map(partOf),
  };
}

function partOf({ officialNumber: number, content, trail, pagesMissing, lines }: CaseFile): CasePart {
  const outcome = outcomeOf(trail.path);
  const said = outcome && resultOf(lines)?.text;
  return {
    number,
    name: content.itemName,
    department: content.department,
    stage: stageOf(trail.state, pagesMissing),
    ...(outcome && { outcome }),
    ...(said !== undefined && { text: said }),
    waitsFor: waitsFor(trail.state),
  };
}

/** What all parts that wait for the applicant ask for, each thing once, and the first of their last days. */
function noticesOf(files: readonly CaseFile[]): CaseNews['supplement'] {
  const waiting = files.filter(({ trail }) => trail.state === 'supplement');
  const notices = waiting.flatMap(({ lines }) => supplementOf(lines.at(-1)) ?? []);
  const defects = notices.reduce<Defects>((before, notice) => notice.defects.reduce(addDefect, before), new Map());
  const [dueDay] = notices.flatMap((notice) => notice.dueDay ?? []).toSorted();
  const givenAt = notices
    .flatMap((notice) => notice.givenAt ?? [])
    .toSorted()
    .at(-1);
  if (defects.size === 0) return undefined;
  return {
    defects: [...defects.values()],
    ...(givenAt !== undefined && { givenAt }),
    ...(dueDay !== undefined && { dueDay }),
  };
}

type NoticeDefect = NonNullable<CaseNews['supplement']>['defects'][number];
type Defects = ReadonlyMap<string, NoticeDefect>;

/** The same words of two departments are one thing; whatever either asks for may be supplied for it. */
function addDefect(before: Defects, one: NoticeDefect): Defects {
  const { rule: _rule, on, ...words } = one;
  const key = contentHash(words);
  const known = before.get(key);
  const all = [...new Set([...(known?.on ?? []), ...(on ?? [])])];
  const isOpen = on?.length === 0 || known?.on?.length === 0;
  return new Map([...before, [key, { ...one, ...known, on: isOpen ? [] : all }]]);
}

/**
 * Does something with parts of a case, and then moves the whole by them; its kiosk is told once, and only when there is
 * something new to say of the whole. Offices that move parts at the same time wait for each other.
 */
export async function movePart<T>(sql: Transaction, parentId: string, now: Date, work: () => Promise<T>): Promise<T> {
  await sql.run('UPDATE case_record SET state = state WHERE id = $1', [parentId]);
  const before = wholeStanding(await readParts(sql, parentId));
  const answer = await work();
  const after = wholeStanding(await readParts(sql, parentId));
  await sql.run('UPDATE case_record SET state = $1 WHERE id = $2', [after.state, parentId]);
  if (saysOfWhole(before) === saysOfWhole(after)) return answer;
  const { stage, result, supplement, parts } = after;
  const news = supplement
    ? { kind: 'supplement', content: { caseId: parentId, ...supplement, parts } }
    : { kind: 'case-state', content: { caseId: parentId, stage, ...(result && { result }), parts } };
  const told = await publishChange(sql, { id: randomUUID(), ...news }, now);
  if (!told.ok) throw new Error(`a whole that no kiosk can be told of: ${told.reason}`);
  return answer;
}

/** While something is asked for, that is the news: it is not said again because another part goes on. */
function saysOfWhole({ stage, result, supplement, parts }: WholeStanding): string {
  return contentHash(supplement ?? { stage, parts, ...(result && { result }) });
}
