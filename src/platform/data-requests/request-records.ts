import { randomUUID } from 'node:crypto';
import type { Officer } from '../../contract/office/office-call.ts';
import { caseSubmission } from '../../contract/platform-api.ts';
import type { Facts } from '../../domain/instant-approval.ts';
import { maskName } from '../../domain/masking.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { addSideRecord } from '../deliveries/side-record-store.ts';
import type { Sql, Transaction } from '../sql.ts';

interface Asked {
  readonly officer: Officer;
  readonly caseId: string;
  readonly name: string;
  readonly department: string;
}

export type DataAnswer =
  | { readonly way: 'immediate'; readonly value: Facts[string] }
  | { readonly way: 'department-asked'; readonly requestId: string };

/** The identity number of a case's applicant. */
export async function applicantOf(sql: Sql, caseId: string): Promise<string | undefined> {
  const row = await sql.get<{ content: string }>('SELECT content FROM case_record WHERE id = $1', [caseId]);
  return row && caseSubmission.parse(JSON.parse(row.content)).applicant.idNumber;
}

/** @param known what the register said, when it said anything */
export async function askFor(
  sql: Transaction,
  { officer, caseId, name, department }: Asked,
  known: Facts[string] | undefined,
  now: Date,
): Promise<Result<DataAnswer, 'unknown-case' | 'asked-before'>> {
  const twice = 'SELECT 1 AS found FROM data_request WHERE case_id = $1 AND name = $2';
  if (await sql.get(twice, [caseId, name])) return refused('asked-before');
  const requestId = randomUUID();
  const at = now.toISOString();
  const state = known === undefined ? 'asked' : 'confirmed';
  const record = { kind: 'data', request: requestId, name, department, state, at } as const;
  const kept = await addSideRecord(sql, caseId, record, officer, now);
  if (!kept.ok) {
    if (kept.reason === 'unknown-case') return refused('unknown-case');
    throw new Error(`a first record is refused: ${kept.reason}`);
  }
  await sql.run(
    'INSERT INTO data_request (id, case_id, department, name, asked_at, outcome) VALUES ($1, $2, $3, $4, $5, $6)',
    [requestId, caseId, department, name, at, known === undefined ? null : 'confirmed'],
  );
  return done(known === undefined ? { way: 'department-asked', requestId } : { way: 'immediate', value: known });
}

export async function openRequests(sql: Sql, department: string) {
  const rows = await sql.all<{ id: string; name: string; asked_at: string; official_number: string; content: string }>(
    `SELECT data_request.id, name, asked_at, official_number, content
     FROM data_request JOIN case_record ON case_record.id = case_id
     WHERE department = $1 AND outcome IS NULL ORDER BY asked_at, data_request.id`,
    [department],
  );
  return rows.map(({ id, name, asked_at: askedAt, official_number: caseNumber, content }) => {
    const { applicant } = caseSubmission.parse(JSON.parse(content));
    const person = { applicant: maskName(applicant.name), idNumber: applicant.idNumber };
    return { requestId: id, caseNumber, name, ...person, askedAt };
  });
}

export async function answerRequest(
  sql: Transaction,
  {
    officer,
    requestId,
    outcome,
  }: { readonly officer: Officer; readonly requestId: string; readonly outcome: 'confirmed' | 'not-found' },
  now: Date,
): Promise<Result<{ recordedAt: string }, 'unknown-request' | 'answered-before'>> {
  const row = await sql.get<{ case_id: string; name: string; department: string; outcome: string | null }>(
    'SELECT case_id, name, department, outcome FROM data_request WHERE id = $1',
    [requestId],
  );
  if (!row) return refused('unknown-request');
  if (row.outcome !== null) return refused('answered-before');
  await sql.run('UPDATE data_request SET outcome = $1 WHERE id = $2', [outcome, requestId]);
  const { case_id: caseId, name, department } = row;
  const at = now.toISOString();
  const record = { kind: 'data', request: requestId, name, department, state: outcome, at } as const;
  const kept = await addSideRecord(sql, caseId, record, officer, now);
  if (!kept.ok) throw new Error(`an answer that cannot be recorded: ${kept.reason}`);
  return kept;
}
