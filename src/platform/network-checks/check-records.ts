import { z } from 'zod';
import type { CertificatePurpose } from '../../contract/certificate-record.ts';
import type { CaseSubmission } from '../../contract/platform-api.ts';
import { networkAnswers, type NetworkAnswer } from '../../domain/proofs/substitution.ts';
import { askFor } from '../data-requests/request-records.ts';
import type { Sql, Transaction } from '../sql.ts';

const check = z.object({ answer: z.enum(networkAnswers), source: z.string() });
type Check = z.infer<typeof check>;
type Place = Pick<CertificatePurpose, 'caseId' | 'material' | 'item'>;

/** What was said for this person before. */
export async function findCheck(
  sql: Sql,
  { caseId, material, item }: Place,
  subject: string,
): Promise<Check | undefined> {
  const row = await sql.get(
    `SELECT outcome AS answer, source FROM network_check
     WHERE case_id = $1 AND material = $2 AND subject = $3 AND item_code = $4`,
    [caseId, material, subject, item],
  );
  return row && check.parse(row);
}

interface Said extends Check {
  readonly subject: string;
  readonly kioskId: string;
  readonly name: string;
  readonly at: Date;
}

/** Keeps it, unless another request was faster: then that one counts. */
export async function keepCheck(sql: Sql, place: Place, said: Said): Promise<Check> {
  const { subject, kioskId, name, answer, source, at } = said;
  await sql.run(
    `INSERT INTO network_check (case_id, material, subject, item_code, kiosk_id, name, outcome, source, checked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (case_id, material, subject) DO NOTHING`,
    [place.caseId, place.material, subject, place.item, kioskId, name, answer, source, at.toISOString()],
  );
  return (await findCheck(sql, place, subject)) ?? { answer, source };
}

/** Of a case, by material: what counts for its applicant. */
export async function checksOf(sql: Sql, caseId: string, subject: string): Promise<Record<string, NetworkAnswer>> {
  const rows = await sql.all<{ material: string; outcome: string; source: string }>(
    'SELECT material, outcome, source FROM network_check WHERE case_id = $1 AND subject = $2',
    [caseId, subject],
  );
  return Object.fromEntries(
    rows.map(({ material, outcome, source }) => [material, check.parse({ answer: outcome, source }).answer]),
  );
}

/**
 * With the case of a check that a department has to look into, the department is asked: before the hand-in it would look for
 * nothing. From here on it goes as any data request does (P-13), and progress tells the applicant.
 */
export async function askDepartments(
  sql: Transaction,
  { id: caseId, kioskId, itemCode, materials }: CaseSubmission,
  at: Date,
): Promise<void> {
  const open = new Set(materials.flatMap(({ id, networkCheck }) => (networkCheck === 'asked' ? [id] : [])));
  if (open.size === 0) return;
  const rows = await sql.all<{ material: string; name: string; source: string }>(
    `SELECT material, name, source FROM network_check
     WHERE case_id = $1 AND kiosk_id = $2 AND item_code = $3 AND outcome = 'asked' ORDER BY checked_at, material`,
    [caseId, kioskId, itemCode],
  );
  for (const { material, name, source } of rows) {
    if (!open.has(material)) continue;
    const officer = { office: kioskId, id: 'network-check' };
    const asked = await askFor(sql, { officer, caseId, name, department: source }, undefined, at);
    if (!asked.ok && asked.reason === 'unknown-case') throw new Error('the case was added just now');
  }
}
