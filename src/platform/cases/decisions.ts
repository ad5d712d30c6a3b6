import { keptDecision, type KeptDecision } from '../../contract/office/cases.ts';
import type { Sql } from '../sql.ts';
import type { CaseFile } from './case-file.ts';

/** How rules decided a case; nothing when they did not. */
export async function readDecision(sql: Sql, caseId: string): Promise<KeptDecision | undefined> {
  const row = await sql.get<{ content: string }>('SELECT content FROM instant_decision WHERE case_id = $1', [caseId]);
  return row && keptDecision.parse(JSON.parse(row.content));
}

/** Why no person can be asked to look at what rules decided; nothing when one can (个人信息保护法 art. 24). */
export function noReview(
  { lines, trail: { state } }: CaseFile,
  decision: KeptDecision | undefined,
): 'not-decided-by-rules' | 'reviewed-before' | 'case-is-over' | undefined {
  if (!decision || decision.decision === 'human-review') return 'not-decided-by-rules';
  if (lines.some(({ event }) => event === 'ask-review')) return 'reviewed-before';
  return state === 'closed' ? 'case-is-over' : undefined;
}
