import type { HandOverLine } from '../../contract/office/hand-over.ts';
import { done, refused, type Result } from '../../domain/result.ts';
import { MISMATCHES_SHOWN } from '../limits.ts';
import type { Sql, Transaction } from '../sql.ts';

interface Mismatch {
  readonly packageId: string;
  readonly caseId: string;
  readonly direction: HandOverLine['direction'];
  /** The first part that is not as the manifest says. */
  readonly part: string;
  readonly at: string;
}

export async function noteMismatch(sql: Sql, { packageId, caseId, direction, part, at }: Mismatch): Promise<void> {
  await sql.run(
    'INSERT INTO hand_over_mismatch (package_id, case_id, direction, part, at) VALUES ($1, $2, $3, $4, $5)',
    [packageId, caseId, direction, part, at],
  );
}

/** At the sender, as the office that carried the package tells it. */
export async function reportMismatch(
  sql: Transaction,
  { packageId, part }: { readonly packageId: string; readonly part: string },
  now: Date,
): Promise<Result<{ reportedAt: string }, 'unknown-package' | 'acknowledged-before'>> {
  const row = await sql.get<{ case_id: string; acknowledged_at: string | null }>(
    `SELECT case_id, acknowledged_at FROM hand_over WHERE id = $1 AND direction = 'out'`,
    [packageId],
  );
  if (!row) return refused('unknown-package');
  if (row.acknowledged_at !== null) return refused('acknowledged-before');
  const at = now.toISOString();
  await noteMismatch(sql, { packageId, caseId: row.case_id, direction: 'out', part, at });
  return done({ reportedAt: at });
}

/** Of one package, in the order of their times. */
export async function mismatchesOf(sql: Sql, packageId: string): Promise<HandOverLine['mismatches']> {
  const rows = await sql.all<{ at: string; part: string }>(
    'SELECT at, part FROM hand_over_mismatch WHERE package_id = $1 ORDER BY at',
    [packageId],
  );
  return rows.map(({ at, part }) => ({ at, part }));
}

export async function mismatchedArrivals(sql: Sql): Promise<Omit<Mismatch, 'direction'>[]> {
  const rows = await sql.all<{ package_id: string; case_id: string; at: string; part: string }>(
    `SELECT package_id, case_id, at, part FROM hand_over_mismatch WHERE direction = 'in'
     ORDER BY at DESC LIMIT ${MISMATCHES_SHOWN}`,
  );
  return rows.map(({ package_id: packageId, case_id: caseId, at, part }) => ({ packageId, caseId, at, part }));
}
