import type { TrailLine } from '../../contract/office/cases.ts';
import { giveNotice, noticeOf } from '../../domain/notice/one-time-notice.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { Defect } from '../../domain/notice/pre-review.ts';
import type { Transaction } from '../sql.ts';
import { readParts, type CaseFile } from './case-file.ts';
import { decide, type Decidable } from './instant.ts';
import { sayDefect } from './notice-text.ts';
import { handInOf, keepRound, readHistory, readRound } from './rounds.ts';
import { mustAddToTrail, mustTakeStep } from './take-step.ts';
import { movePart } from './whole-case.ts';

/** Keeps the round, and gives its notice when there is something to tell that was not there to be told before. */
export async function tellDefects(
  sql: Transaction,
  file: CaseFile,
  defects: readonly Defect[],
  now: Date,
): Promise<boolean> {
  const notice = await noticeFor(sql, file, defects, now);
  if (notice) await mustTakeStep(sql, file, notice, now);
  return notice !== undefined;
}

/**
 * The same for an 一件事: each part is told what concerns it, and the applicant hears all of it as one notice of the whole.
 * What concerns no part alone, as a question that chooses between them, is told with the first.
 *
 * A part that nothing is found fault with is decided by the rules of its own item, where there are some: as with offices, it
 * does not wait for the others. Only what concerns no part alone keeps all of them from it.
 *
 * @param decidable what parts can be decided by, by {@link roundOf}
 */
export async function tellParts(
  sql: Transaction,
  whole: CaseFile,
  item: CatalogueItem,
  defects: readonly Defect[],
  decidable: ReadonlyMap<string, Decidable>,
  now: Date,
): Promise<void> {
  await keepRound(sql, whole, { handIn: handInOf(whole, defects) });
  const parts = await readParts(sql, whole.id);
  const concerned = defects.map((defect) => ({ defect, codes: codesOf(item, defect) }));
  const isOfAll = concerned.some(({ codes }) => codes.length === 0);
  await movePart(sql, whole.id, now, async () => {
    for (const [position, part] of parts.entries()) {
      if (part.trail.state !== 'handed-in') continue;
      const own = concerned
        .filter(({ codes }) => (codes.length === 0 ? position === 0 : codes.includes(part.content.itemCode)))
        .map(({ defect }) => defect);
      const notice = (await readRound(sql, part)) ? undefined : await noticeFor(sql, part, own, now);
      if (notice) await mustAddToTrail(sql, part, notice, now);
      const instant =
        own.length === 0 && !isOfAll && part.pagesMissing === 0 ? decidable.get(roundOf(part)) : undefined;
      if (instant) await decide(sql, part, instant, now, mustAddToTrail);
    }
  });
}

/** A part with what it was handed in and supplied with: facts about it are true of this round only. */
export function roundOf({ id, round }: Pick<CaseFile, 'id' | 'round'>): string {
  return `${id} ${round}`;
}

/** The parts that need something of what a defect is about. */
function codesOf({ parts = [] }: CatalogueItem, { on }: Defect): string[] {
  return parts
    .filter(({ fields, materials }) => on.some((name) => fields.includes(name) || materials.includes(name)))
    .map(({ code }) => code);
}

async function noticeFor(
  sql: Transaction,
  file: CaseFile,
  defects: readonly Defect[],
  now: Date,
): Promise<Omit<TrailLine, 'at'> | undefined> {
  const { id, round } = file;
  const handIn = handInOf(file, defects);
  const history = await readHistory(sql, id);
  const owed = noticeOf(history, handIn);
  if (owed.length === 0) {
    await keepRound(sql, file, { handIn });
    return undefined;
  }
  const at = now.toISOString();
  const given = giveNotice(history, handIn, owed, at);
  if (!given.ok) throw new Error(`a notice of all that is owed: ${given.reason}`);
  await keepRound(sql, file, { handIn, notice: { round, at, grounds: owed } });
  return {
    event: 'ask-supplement',
    by: 'department',
    maker: { kind: 'rules', rules: 'pre-review' },
    defects: defects.filter((one) => owed.includes(one)).map(sayDefect),
  };
}
