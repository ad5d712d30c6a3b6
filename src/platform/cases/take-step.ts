import { randomUUID } from 'node:crypto';
import type { TrailLine } from '../../contract/office/cases.ts';
import { addStep, type IllegalStep } from '../../domain/case/trail.ts';
import { done, type Result } from '../../domain/result.ts';
import { publishChange } from '../changes.ts';
import { publishResult } from '../results/result-records.ts';
import type { Transaction } from '../sql.ts';
import { superviseStep } from '../supervision/step-records.ts';
import { stepOf, type CaseFile } from './case-file.ts';
import { changeOf } from './standing.ts';
import { movePart } from './whole-case.ts';

/**
 * Adds a step to a case: into its trail, and into what the kiosk it came from is told, in one transaction. A step of a part
 * moves the whole, and of the whole the kiosk is told.
 */
export async function takeStep(
  sql: Transaction,
  file: CaseFile,
  step: Omit<TrailLine, 'at'>,
  now: Date,
): Promise<Result<CaseFile, IllegalStep>> {
  if (file.parentId !== undefined)
    return movePart(sql, file.parentId, now, async () => (await addToTrail(sql, file, step, now)).file);
  const { file: moved, line } = await addToTrail(sql, file, step, now);
  if (!moved.ok) return moved;
  const told = await publishChange(sql, { id: randomUUID(), ...changeOf(moved.value, line) }, now);
  if (!told.ok) throw new Error(`a step that no kiosk can be told: ${told.reason}`);
  return moved;
}

/** A step that the state before makes legal for certain. */
export async function mustTakeStep(...step: Parameters<typeof takeStep>): Promise<CaseFile> {
  const taken = await takeStep(...step);
  if (!taken.ok) throw new Error(`${step[2].event}: ${taken.reason}`);
  return taken.value;
}

/** Without telling anybody but supervision. A clock that was set back makes no step that came before the one before it. */
export async function addToTrail(
  sql: Transaction,
  file: CaseFile,
  step: Omit<TrailLine, 'at'>,
  now: Date,
): Promise<{ readonly file: Result<CaseFile, IllegalStep>; readonly line: TrailLine }> {
  const last = Date.parse(file.lines.at(-1)?.at ?? file.trail.handedInAt);
  const line: TrailLine = { ...step, at: new Date(Math.max(now.getTime(), last)).toISOString() };
  const moved = addStep(file.trail, stepOf(line));
  if (!moved.ok) return { file: moved, line };
  const after: CaseFile = { ...file, lines: [...file.lines, line], trail: moved.value };
  await sql.run('INSERT INTO case_step (case_id, position, content) VALUES ($1, $2, $3)', [
    file.id,
    after.lines.length,
    JSON.stringify(line),
  ]);
  await sql.run('UPDATE case_record SET state = $1 WHERE id = $2', [moved.value.state, file.id]);
  await superviseStep(sql, file, after, line);
  await publishResult(sql, after, line);
  return { file: done(after), line };
}

/** The same of a step that the state before makes legal for certain. */
export async function mustAddToTrail(...step: Parameters<typeof addToTrail>): Promise<CaseFile> {
  const { file } = await addToTrail(...step);
  if (!file.ok) throw new Error(`${step[2].event}: ${file.reason}`);
  return file.value;
}
