import { type KnownChange, knownChange } from '../contract/changes.ts';
import { trailLine, type TrailLine } from '../contract/office/cases.ts';
import { type CaseState, isOver } from '../domain/case/states.ts';
import { caseLimit, casePauses } from '../domain/case/trail.ts';
import { deadlineOf } from '../domain/limits/deadline.ts';
import { officeTime } from './office-time.ts';
import type { Sql } from './sql.ts';

/** How a case went so far, for ratings and figures. Instants are ISO 8601 with offset. */
export interface CaseCourse {
  /** 受理: as a department said, else when its last announced page came. Absent until then. */
  readonly acceptedAt?: string;
  /** Absent while it is open. */
  readonly closedAt?: string;
  /** How often something was to be brought in addition. */
  readonly supplements: number;
  /** The steps of its trail; none where a case is moved by another system, which tells kiosks only. */
  readonly steps: readonly TrailLine[];
}

/** When a case and its pages came, and where it stands. */
export interface CaseArrival {
  readonly received_at: string;
  readonly pages_missing: number;
  readonly last_page_at: string | null;
  readonly state: CaseState;
}

interface NewsRow {
  readonly case_id: string;
  readonly kind: string;
  readonly at: string;
  readonly content: string;
}
interface StepRow {
  readonly case_id: string;
  readonly content: string;
}

/** What was done with a case, and what was told about it. */
export interface CaseEvents {
  readonly steps: readonly StepRow[];
  readonly news: readonly NewsRow[];
}

export async function eventsOf(sql: Sql, caseId: string): Promise<CaseEvents> {
  return {
    steps: await sql.all('SELECT case_id, content FROM case_step WHERE case_id = $1 ORDER BY position', [caseId]),
    news: await sql.all('SELECT case_id, kind, at, content FROM kiosk_change WHERE case_id = $1 ORDER BY sequence', [
      caseId,
    ]),
  };
}

/** Of all cases. */
export async function allEvents(sql: Sql): Promise<(caseId: string) => CaseEvents> {
  const steps = await sql.all<StepRow>('SELECT case_id, content FROM case_step ORDER BY case_id, position');
  const news = await sql.all<NewsRow>(
    'SELECT case_id, kind, at, content FROM kiosk_change WHERE case_id IS NOT NULL ORDER BY case_id, sequence',
  );
  const stepsOf = Map.groupBy(steps, ({ case_id }) => case_id);
  const newsOf = Map.groupBy(news, ({ case_id }) => case_id);
  return (caseId) => ({ steps: stepsOf.get(caseId) ?? [], news: newsOf.get(caseId) ?? [] });
}

export function courseOf(arrival: CaseArrival, events: CaseEvents): CaseCourse {
  const complete = arrival.pages_missing === 0 ? (arrival.last_page_at ?? arrival.received_at) : undefined;
  const steps = events.steps.map(({ content }) => trailLine.parse(JSON.parse(content)));
  if (steps.length === 0) return { ...courseTold(complete, events.news), steps };
  const acceptedAt = steps.find(({ event }) => event === 'accept')?.at;
  const closedAt = isOver(arrival.state) ? steps.at(-1)?.at : undefined;
  return {
    ...(acceptedAt !== undefined && { acceptedAt }),
    ...(closedAt !== undefined && { closedAt }),
    supplements: steps.filter(({ event }) => event === 'supply').length,
    steps,
  };
}

/** The last day of a promised limit; none while a special procedure stops it. */
export function dueDay({ steps, acceptedAt }: CaseCourse, receivedAt: string, promised: number): string | undefined {
  const trail = { state: 'review', path: [], handedInAt: receivedAt, steps } as const;
  const limit = caseLimit(trail, { amount: promised, unit: 'working-days' });
  const deadline = deadlineOf(officeTime, limit, acceptedAt ?? receivedAt, casePauses(trail, []));
  return deadline.state === 'due' ? deadline.day : undefined;
}

function courseTold(complete: string | undefined, told: readonly NewsRow[]): Omit<CaseCourse, 'steps'> {
  let acceptedAt = complete;
  let closedAt: string | undefined;
  let supplements = 0;
  for (const { kind, at, content } of told) {
    const change = knownChange.safeParse({ kind, content: JSON.parse(content) }).data;
    if (change?.kind === 'supplement') supplements += 1;
    if (change?.kind !== 'case-state') continue;
    if (change.content.stage === 'accepted') acceptedAt = at;
    if (isEnd(change)) closedAt ??= at;
  }
  return {
    ...(acceptedAt !== undefined && { acceptedAt }),
    ...(closedAt !== undefined && { closedAt }),
    supplements,
  };
}

/** 送达 ends a case, and so does taking the application back. */
function isEnd({ content }: Extract<KnownChange, { kind: 'case-state' }>): boolean {
  return content.stage === 'delivered' || content.result?.outcome === 'withdrawn';
}
