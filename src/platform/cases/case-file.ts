import { suppliedContent, type SuppliedContent } from '../../contract/case-calls.ts';
import { trailLine, type TrailLine } from '../../contract/office/cases.ts';
import { caseSubmission, type CaseSubmission } from '../../contract/platform-api.ts';
import type { CaseState } from '../../domain/case/states.ts';
import { addStep, openTrail, type CaseStep, type CaseTrail } from '../../domain/case/trail.ts';
import type { Sql } from '../sql.ts';

/** Everything about one case: what was handed in, and what happened since. */
export interface CaseFile {
  readonly id: string;
  readonly officialNumber: string;
  readonly receivedAt: string;
  /** Credit code of the department that decides. */
  readonly office: string;
  /** Announced pages whose scan has not come. */
  readonly pagesMissing: number;
  /** With what was supplied since in place of what it replaces. */
  readonly content: CaseSubmission;
  /** 1, and one more with each supplement. */
  readonly round: number;
  /** When the present round was handed in. */
  readonly roundAt: string;
  readonly lines: readonly TrailLine[];
  /** Of an 一件事, the state that its parts make, and no steps: those are its parts'. */
  readonly trail: CaseTrail;
  /** Of a part: the case it is a part of. */
  readonly parentId: string | undefined;
  /** Whether it has parts, and its departments decide those. */
  readonly isComposite: boolean;
}

export interface CaseRow {
  readonly id: string;
  readonly official_number: string;
  readonly content: string;
  readonly received_at: string;
  readonly office: string;
  readonly pages_missing: number;
  readonly state: CaseState;
  readonly parent_id: string | null;
  readonly parts: number;
}

/** How many pages have not come: its own, and those of the whole that a part needs. */
const pagesMissing = `
  (SELECT count(*) FROM page WHERE case_id = case_record.id AND page.received_at IS NULL) +
  (SELECT count(*) FROM part_page JOIN page ON page.id = part_page.page_id
   WHERE part_page.case_id = case_record.id AND page.received_at IS NULL)`;

export const caseColumns = `id, official_number, content, received_at, office, state, parent_id,
  ${pagesMissing} AS pages_missing,
  (SELECT count(*) FROM case_record AS part WHERE part.parent_id = case_record.id) AS parts`;

export async function readCaseFile(sql: Sql, id: string): Promise<CaseFile | undefined> {
  const row = await sql.get<CaseRow>(`SELECT ${caseColumns} FROM case_record WHERE id = $1`, [id]);
  return row && openFile(sql, row);
}

/** By any number of it. */
export async function findCaseFile(sql: Sql, number: string): Promise<CaseFile | undefined> {
  const found = await sql.get<{ case_id: string }>('SELECT case_id FROM case_number WHERE number = $1', [number]);
  return found && readCaseFile(sql, found.case_id);
}

/** The parts of an 一件事 in the order of its item; none of an ordinary case. */
export async function readParts(sql: Sql, parentId: string): Promise<CaseFile[]> {
  const rows = await sql.all<CaseRow>(
    `SELECT ${caseColumns} FROM case_record WHERE parent_id = $1 ORDER BY official_number`,
    [parentId],
  );
  const files = [];
  for (const row of rows) files.push(await openFile(sql, row));
  return files;
}

export async function openFile(sql: Sql, row: CaseRow): Promise<CaseFile> {
  const { id, official_number: officialNumber, received_at: receivedAt, office, parts } = row;
  const supplies = await sql.all<{ content: string; supplied_at: string }>(
    'SELECT content, supplied_at FROM case_supply WHERE case_id = $1 ORDER BY round',
    [id],
  );
  const steps = await sql.all<{ content: string }>(
    'SELECT content FROM case_step WHERE case_id = $1 ORDER BY position',
    [id],
  );
  const lines = steps.map(({ content }) => trailLine.parse(JSON.parse(content)));
  const handedIn = caseSubmission.parse(JSON.parse(row.content));
  const content = supplies.reduce(
    (before, supply) => withSupply(before, suppliedContent.parse(JSON.parse(supply.content))),
    handedIn,
  );
  return {
    id,
    officialNumber,
    receivedAt,
    office,
    pagesMissing: row.pages_missing,
    content,
    round: 1 + supplies.length,
    roundAt: supplies.at(-1)?.supplied_at ?? handedIn.handedInAt,
    lines,
    trail: parts > 0 ? { ...openTrail(receivedAt), state: row.state } : trailOf(handedIn.handedInAt, receivedAt, lines),
    parentId: row.parent_id ?? undefined,
    isComposite: parts > 0,
  };
}

/** A step as the rules of cases know it. */
export function stepOf({ event, at, by, procedure, extendedBy }: TrailLine): CaseStep {
  return { event, at, by, ...(procedure && { procedure }), ...(extendedBy !== undefined && { extendedBy }) };
}

function trailOf(handedInAt: string, receivedAt: string, lines: readonly TrailLine[]): CaseTrail {
  // The clock of a kiosk may run ahead: nothing can have been handed in after it was received.
  const begun = Date.parse(handedInAt) < Date.parse(receivedAt) ? handedInAt : receivedAt;
  return lines.reduce(
    (trail, line) => {
      const next = addStep(trail, stepOf(line));
      if (!next.ok) throw new Error(`a kept trail cannot have happened: ${next.reason}`);
      return next.value;
    },
    openTrail(begun, receivedAt),
  );
}

function withSupply(before: CaseSubmission, { situations, fields, materials }: SuppliedContent): CaseSubmission {
  const supplied = new Map(materials.map(({ id, pages }) => [id, pages]));
  const known = new Set(before.materials.map(({ id }) => id));
  return {
    ...before,
    situations: { ...before.situations, ...situations },
    fields: { ...before.fields, ...fields },
    materials: [
      ...before.materials.map((one) => ({ ...one, pages: supplied.get(one.id) ?? one.pages })),
      ...materials.filter(({ id }) => !known.has(id)).map(({ id, pages }) => ({ id, name: id, pages })),
    ],
  };
}
