import type { CaseSupply, OwnCaseAnswer, SuppliedContent } from '../../contract/case-calls.ts';
import { isOver, moveCase } from '../../domain/case/states.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import type { Transaction } from '../sql.ts';
import { readParts, type CaseFile } from './case-file.ts';
import { sharePages } from './split.ts';
import { isOfAnother } from './standing.ts';
import { announcePages, keepSupply } from './supplies.ts';
import { mustAddToTrail } from './take-step.ts';
import { movePart, wholeStanding } from './whole-case.ts';

/** Withdraws every part that is not decided yet. Parts that are keep their decision. */
export async function withdrawWhole(
  sql: Transaction,
  whole: CaseFile,
  kioskId: string,
  now: Date,
): Promise<Result<OwnCaseAnswer, 'case-is-over' | 'not-from-here'>> {
  if (isOver(whole.trail.state)) return refused('case-is-over');
  const open = (await readParts(sql, whole.id)).filter(
    ({ trail }) => moveCase(trail.state, 'withdraw', 'applicant').ok,
  );
  if (open.length === 0) return refused('not-from-here');
  await moveParts(sql, whole.id, open, 'withdraw', kioskId, now);
  return done({ caseId: whole.id, at: now.toISOString() });
}

/**
 * 补正 of an 一件事: handed in once, under its own number, and given to each part that asked for any of it. The pages are
 * announced with the whole, as those of the first hand-in.
 */
export async function supplyWhole(
  sql: Transaction,
  whole: CaseFile,
  given: SuppliedContent & Pick<CaseSupply, 'noticeGivenAt'>,
  kioskId: string,
  now: Date,
): Promise<Result<OwnCaseAnswer, 'case-is-over' | 'not-from-here' | 'not-asked-for' | 'nothing-supplied'>> {
  if (isOver(whole.trail.state)) return refused('case-is-over');
  if (whole.trail.state !== 'supplement') return refused('not-from-here');
  const names = namesOf(given);
  if (names.length === 0) return refused('nothing-supplied');
  const parts = await readParts(sql, whole.id);
  if (isOfAnother(given, wholeStanding(parts).supplement?.givenAt)) return refused('not-from-here', 'another notice');
  const waiting = parts.filter(({ trail }) => trail.state === 'supplement');
  const shares = waiting.map((part) => ({ part, share: shareOf(part, given) }));
  const other = names.filter((name) => !shares.some(({ share }) => namesOf(share).includes(name)));
  if (other.length > 0) return refused('not-asked-for', other.join(', '));
  const answered = shares.filter(({ share }) => namesOf(share).length > 0);
  const at = now.toISOString();
  await keepSupply(sql, whole, given, at);
  await announcePages(sql, whole.id, given);
  for (const { part, share } of answered) {
    await keepSupply(sql, part, share, at);
    await sharePages(sql, part.id, share.materials);
  }
  const supplied = answered.map(({ part }) => part);
  await moveParts(sql, whole.id, supplied, 'supply', kioskId, now);
  return done({ caseId: whole.id, at });
}

/** What a part asked for, of what was given. One that found fault with all of it gets what it has a place for. */
function shareOf({ lines, content }: CaseFile, { situations, fields, materials }: SuppliedContent): SuppliedContent {
  const notice = lines.at(-1)?.defects ?? [];
  const asked = new Set(notice.flatMap(({ on }) => on));
  if (notice.some(({ on }) => on.length === 0))
    for (const name of [...Object.keys(content.fields), ...content.materials.map(({ id }) => id)]) asked.add(name);
  const ofAsked = (entries: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => asked.has(name)));
  return {
    situations: ofAsked(situations),
    fields: ofAsked(fields),
    materials: materials.filter(({ id }) => asked.has(id)),
  };
}

function namesOf({ situations, fields, materials }: SuppliedContent): string[] {
  return [...Object.keys(situations), ...Object.keys(fields), ...materials.map(({ id }) => id)];
}

async function moveParts(
  sql: Transaction,
  wholeId: string,
  parts: readonly CaseFile[],
  event: 'supply' | 'withdraw',
  kioskId: string,
  now: Date,
): Promise<void> {
  await movePart(sql, wholeId, now, async () => {
    for (const part of parts) {
      await mustAddToTrail(sql, part, { event, by: 'applicant', maker: { kind: 'applicant', kioskId } }, now);
    }
  });
}
