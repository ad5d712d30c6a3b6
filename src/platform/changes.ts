import { z } from 'zod';
import { change, type ChangePage, knownChange, type KnownChange } from '../contract/changes.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { secrecyOf } from '../domain/secrecy.ts';
import { CHANGES_PER_PAGE } from './limits.ts';
import { countUp } from './official-numbers.ts';
import type { Sql, Transaction } from './sql.ts';

/** What is told to kiosks. Changes about a case go to the kiosk that owns it; others name theirs. */
export const publication = z.strictObject({
  /** The same id is published once; in capitals too, which a cursor does not take. */
  id: z.uuid().toLowerCase(),
  kind: change.shape.kind,
  content: change.shape.content,
  kiosks: z.array(z.string().min(1).max(64)).min(1).optional(),
});
export type Publication = z.infer<typeof publication>;

export type PublishRefusal =
  /** Of a kind that this platform knows, and not as that is. */
  | 'content-invalid'
  /** An announcement without the stamp of a secrecy review, or found classified by it. */
  | 'unstamped'
  | 'classified'
  | 'unknown-case'
  /** About no case, and for nobody. */
  | 'kiosks-missing';

interface ChangeRow {
  readonly id: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly content: string;
}

/** Adds a change to the lists of those it is for, as part of a transaction. Tells to how many. */
export async function publishChange(
  sql: Transaction,
  { id, kind, content, kiosks }: Publication,
  at: Date,
): Promise<Result<number, PublishRefusal>> {
  const known = knownChange.safeParse({ kind, content }).data;
  if (isKnownKind(kind) && !known) return refused('content-invalid');
  // The others are about one case or one machine; this is for everybody in the hall.
  const secrecy = known?.kind === 'announcement' ? secrecyOf(known.content) : 'open';
  if (secrecy !== 'open') return refused(secrecy);
  const caseId = typeof content['caseId'] === 'string' ? content['caseId'] : null;
  const owner =
    caseId === null
      ? undefined
      : await sql.get<{ kiosk_id: string }>('SELECT kiosk_id FROM case_record WHERE id = $1', [caseId]);
  if (caseId !== null && !owner) return refused('unknown-case');
  const readers = new Set(owner ? [owner.kiosk_id] : kiosks);
  if (readers.size === 0) return refused('kiosks-missing');
  // In one order, so that two publications never wait for each other.
  for (const kioskId of [...readers].toSorted()) {
    const before = 'SELECT 1 AS found FROM kiosk_change WHERE kiosk_id = $1 AND id = $2';
    if (await sql.get(before, [kioskId, id])) continue;
    // The counter's row is locked until the transaction ends, so numbers become visible in their order: who has seen one has
    // seen all before it. An identity column would not do: a slower transaction may commit a smaller number later.
    const sequence = await countUp(sql, `changes ${kioskId}`, 1);
    await sql.run(
      `INSERT INTO kiosk_change (kiosk_id, sequence, id, kind, case_id, at, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [kioskId, sequence, id, kind, caseId, at.toISOString(), JSON.stringify(content)],
    );
  }
  return done(readers.size);
}

/** A cursor is the place of the change that was seen last and its id, so that one of another list is told from ours. */
export async function readChanges(
  sql: Sql,
  kioskId: string,
  after: string,
): Promise<Result<ChangePage, 'cursor-unknown'>> {
  const [, place = '0', seen] = /^(\d{1,9})-(.+)$/.exec(after) ?? [];
  const known = 'SELECT 1 AS found FROM kiosk_change WHERE kiosk_id = $1 AND sequence = $2 AND id = $3';
  if (after !== '' && !(seen !== undefined && (await sql.get(known, [kioskId, Number(place), seen]))))
    return refused('cursor-unknown');
  const rows = await sql.all<ChangeRow>(
    `SELECT id, sequence, kind, at, content FROM kiosk_change
     WHERE kiosk_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
    [kioskId, Number(place), CHANGES_PER_PAGE + 1],
  );
  const page = rows.slice(0, CHANGES_PER_PAGE);
  const last = page.at(-1);
  return done({
    changes: page.map(({ id, kind, at, content }) => ({
      id,
      kind,
      at,
      content: change.shape.content.parse(JSON.parse(content)),
    })),
    next: last ? `${last.sequence}-${last.id}` : after,
    more: rows.length > page.length,
  });
}

/** What was told about a case, in order. */
export async function changesOfCase(sql: Sql, caseId: string): Promise<readonly KnownChange[]> {
  const rows = await sql.all<ChangeRow>(
    'SELECT id, sequence, kind, at, content FROM kiosk_change WHERE case_id = $1 ORDER BY sequence',
    [caseId],
  );
  return rows.flatMap(({ kind, content }) => knownChange.safeParse({ kind, content: JSON.parse(content) }).data ?? []);
}

function isKnownKind(kind: string): boolean {
  return knownChange.options.some(({ shape }) => shape.kind.value === kind);
}
