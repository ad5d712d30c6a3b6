import type { SuppliedContent } from '../../contract/case-calls.ts';
import type { Transaction } from '../sql.ts';
import type { CaseFile } from './case-file.ts';

/** Keeps what was supplied as the next round of a case. */
export async function keepSupply(
  sql: Transaction,
  { id, round }: CaseFile,
  { situations, fields, materials }: SuppliedContent,
  at: string,
): Promise<void> {
  await sql.run('INSERT INTO case_supply (case_id, round, content, supplied_at) VALUES ($1, $2, $3, $4)', [
    id,
    round + 1,
    JSON.stringify({ situations, fields, materials }),
    at,
  ]);
}

/** Pages that will be uploaded for a case. */
export async function announcePages(
  sql: Transaction,
  caseId: string,
  { materials }: Pick<SuppliedContent, 'materials'>,
): Promise<void> {
  for (const { id: material, pages } of materials)
    for (const { id, sha256 } of pages)
      await sql.run('INSERT INTO page (id, case_id, material, sha256) VALUES ($1, $2, $3, $4)', [
        id,
        caseId,
        material,
        sha256,
      ]);
}
