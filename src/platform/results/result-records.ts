import { publicResultLine, type DocumentVerdict, type PublicResultPage } from '../../contract/result-calls.ts';
import type { TrailLine } from '../../contract/office/cases.ts';
import { hallDay } from '../../domain/calendar/day.ts';
import type { SideRecord } from '../../domain/case/side-records.ts';
import { publicResult } from '../../domain/public-result.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { RESULTS_PER_PAGE } from '../limits.ts';
import { countUp } from '../official-numbers.ts';
import type { Sql, Transaction } from '../sql.ts';

/**
 * Keeps the public list of a hall, in the transaction of a step: an approval adds a line, and one that is looked at again has
 * none until it is made anew. Only what is published is in that table.
 */
export async function publishResult(
  sql: Transaction,
  { id, officialNumber, content }: CaseFile,
  { event, at }: TrailLine,
): Promise<void> {
  if (event === 'ask-review') await sql.run('DELETE FROM public_result WHERE case_id = $1', [id]);
  if (event !== 'approve') return;
  const { hallCode, itemName, department, applicant } = content;
  const line = publicResult({
    officialNumber,
    itemName,
    department,
    applicantName: applicant.name,
    decidedOn: hallDay(at),
  });
  const sequence = await countUp(sql, `results ${hallCode}`, 1);
  await sql.run('INSERT INTO public_result (hall_code, sequence, case_id, content) VALUES ($1, $2, $3, $4)', [
    hallCode,
    sequence,
    id,
    JSON.stringify(line),
  ]);
}

export async function readResults(sql: Sql, hallCode: string, before: number | undefined): Promise<PublicResultPage> {
  const rows = await sql.all<{ sequence: number; content: string }>(
    `SELECT sequence, content FROM public_result WHERE hall_code = $1 AND sequence < $2
     ORDER BY sequence DESC LIMIT ${RESULTS_PER_PAGE + 1}`,
    [hallCode, Math.min(before ?? LAST, LAST)],
  );
  const page = rows.slice(0, RESULTS_PER_PAGE);
  const last = page.at(-1);
  return {
    results: page.map(({ content }) => publicResultLine.parse(JSON.parse(content))),
    ...(last && rows.length > page.length && { next: last.sequence }),
  };
}

/** Beyond any sequence: the largest whole number of both engines' columns. */
const LAST = 2_147_483_647;

/** Keeps what was sealed where it is found by its number, in the transaction that records it. */
export async function keepSealed(sql: Transaction, record: SideRecord): Promise<void> {
  if (record.kind !== 'seal') return;
  const { document, sha256, name, seal, at } = record;
  await sql.run(
    'INSERT INTO sealed_document (document, sha256, name, seal, sealed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [document, sha256, name, seal, at],
  );
}

export async function checkDocument(
  sql: Sql,
  { document, sha256 }: { readonly document: string; readonly sha256: string },
): Promise<DocumentVerdict> {
  const known = await sql.all<{ sha256: string; name: string; seal: string; at: string }>(
    'SELECT sha256, name, seal, sealed_at AS at FROM sealed_document WHERE document = $1 ORDER BY sealed_at',
    [document],
  );
  const same = known.find((one) => one.sha256 === sha256);
  const shown = same ?? known[0];
  if (!shown) return { valid: false, flaw: 'unknown-document' };
  const { name, seal, at } = shown;
  return { valid: same !== undefined, ...(!same && { flaw: 'content-changed' }), sealed: { name, seal, at } };
}
