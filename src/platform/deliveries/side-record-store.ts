import { randomUUID } from 'node:crypto';
import {
  mayFollow,
  noteOf,
  sideRecord,
  subjectOf,
  type SideNote,
  type SideProblem,
  type SideRecord,
} from '../../domain/case/side-records.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { publishChange } from '../changes.ts';
import { keepSealed } from '../results/result-records.ts';
import type { Sql, Transaction } from '../sql.ts';

/** In the order they were recorded. */
export async function readSideRecords(sql: Sql, caseId: string): Promise<SideRecord[]> {
  const rows = await sql.all<{ content: string }>(
    'SELECT content FROM side_record WHERE case_id = $1 ORDER BY position',
    [caseId],
  );
  return rows.map(({ content }) => sideRecord.parse(JSON.parse(content)));
}

/** Adds a record to a case and tells the kiosk that the case came from how everything stands now. */
export async function addSideRecord(
  sql: Transaction,
  caseId: string,
  record: SideRecord,
  by: { readonly office: string; readonly id: string },
  at: Date,
): Promise<Result<{ recordedAt: string }, SideProblem | 'unknown-case'>> {
  const known = await sql.get<{ parent_id: string | null }>('SELECT parent_id FROM case_record WHERE id = $1', [
    caseId,
  ]);
  if (!known) return refused('unknown-case');
  const kept = await readSideRecords(sql, caseId);
  const last = kept.findLast((one) => subjectOf(one) === subjectOf(record));
  const fits = mayFollow(last, record);
  if (!fits.ok) return fits;
  const recordedAt = at.toISOString();
  await sql.run(
    `INSERT INTO side_record (case_id, position, content, office, officer, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [caseId, kept.length + 1, JSON.stringify(record), by.office, by.id, recordedAt],
  );
  await keepSealed(sql, record);
  const whole = known.parent_id ?? caseId;
  const records = await latestNotes(sql, whole);
  const told = await publishChange(
    sql,
    { id: randomUUID(), kind: 'side-records', content: { caseId: whole, records } },
    at,
  );
  if (!told.ok) throw new Error(`the kiosk cannot be told: ${told.reason}`);
  return done({ recordedAt });
}

/** How everything stands now that is about a case or a part of it: the kiosk knows of the whole. */
async function latestNotes(sql: Sql, caseId: string): Promise<SideNote[]> {
  const cases = await sql.all<{ id: string }>(
    'SELECT id FROM case_record WHERE id = $1 OR parent_id = $1 ORDER BY official_number',
    [caseId],
  );
  const notes = [];
  for (const { id } of cases) {
    const records = await readSideRecords(sql, id);
    notes.push(...new Map(records.map((one) => [subjectOf(one), noteOf(one)])).values());
  }
  return notes;
}
