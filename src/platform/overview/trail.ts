import { knownChange } from '../../contract/changes.ts';
import type { CaseSubmission } from '../../contract/platform-api.ts';
import { trailLine } from '../../contract/office/cases.ts';
import type { CaseEvent } from '../../domain/case/states.ts';
import { handOversOf } from '../hand-over/records.ts';
import type { Sql } from '../sql.ts';

type Told = 'applied' | 'accepted' | 'reviewing' | 'decided' | 'delivered';

/** One line of a case's trail (全程留痕). */
export interface TrailLine {
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly what:
    | 'handed-in'
    | 'received'
    | 'complete'
    | 'supplement'
    | 'appointment'
    | 'rated'
    | 'rated-again'
    | 'packed'
    | 'acknowledged'
    | 'from-elsewhere'
    | CaseEvent
    | `told-${Told}`;
}

/**
 * What happened to a case, in order: at the kiosk, here, and each step since. Of a case without steps, what its kiosk was told.
 */
export async function readTrail(
  sql: Sql,
  caseId: string,
  known: {
    readonly submission: Pick<CaseSubmission, 'handedInAt'>;
    readonly receivedAt: string;
  },
): Promise<TrailLine[]> {
  const lines: TrailLine[] = [
    { at: known.submission.handedInAt, what: 'handed-in' },
    { at: known.receivedAt, what: 'received' },
  ];
  const pages = await sql.all<{ receivedAt: string | null }>(
    'SELECT received_at AS "receivedAt" FROM page WHERE case_id = $1',
    [caseId],
  );
  const last = pages.map(({ receivedAt }) => receivedAt ?? '').toSorted();
  if (last[0] !== undefined && last[0] !== '') lines.push({ at: last.at(-1) ?? '', what: 'complete' });
  const ratings = await sql.all<{ at: string; number: number }>(
    'SELECT rated_at AS at, number FROM rating WHERE case_id = $1',
    [caseId],
  );
  for (const { at, number } of ratings) lines.push({ at, what: number === 1 ? 'rated' : 'rated-again' });
  for (const { direction, at, acknowledged } of await handOversOf(sql, caseId)) {
    lines.push({ at, what: direction === 'out' ? 'packed' : 'from-elsewhere' });
    if (acknowledged) lines.push({ at: acknowledged.at, what: 'acknowledged' });
  }
  const steps = await stepsTaken(sql, caseId);
  lines.push(...(steps.length > 0 ? steps : await linesTold(sql, caseId)));
  return lines.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

async function stepsTaken(sql: Sql, caseId: string): Promise<TrailLine[]> {
  const rows = await sql.all<{ content: string }>(
    'SELECT content FROM case_step WHERE case_id = $1 ORDER BY position',
    [caseId],
  );
  return rows.map(({ content }) => {
    const { at, event } = trailLine.parse(JSON.parse(content));
    return { at, what: event };
  });
}

async function linesTold(sql: Sql, caseId: string): Promise<TrailLine[]> {
  const rows = await sql.all<{ kind: string; at: string; content: string }>(
    'SELECT kind, at, content FROM kiosk_change WHERE case_id = $1 ORDER BY sequence',
    [caseId],
  );
  return rows.flatMap(({ kind, at, content }): TrailLine[] => {
    const told = knownChange.safeParse({ kind, content: JSON.parse(content) }).data;
    if (told?.kind === 'case-state') return [{ at, what: `told-${told.content.stage}` }];
    return told?.kind === 'supplement' || told?.kind === 'appointment' ? [{ at, what: told.kind }] : [];
  });
}
