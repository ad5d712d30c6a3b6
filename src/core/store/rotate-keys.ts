import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Audit } from '../audit/audit-trail.ts';
import type { PageFiles } from '../case/page-files.ts';
import { KEY_ROTATION_BATCH } from '../limits.ts';
import type { Result } from '../../domain/result.ts';
import { done } from '../../domain/result.ts';
import type { KeyRing } from './key-ring.ts';
import { MARK_BYTES } from './seal.ts';
import { attemptWrite, type WriteFailure } from './write-failure.ts';
import type { Transact } from './transact.ts';

export interface RotationDeps {
  readonly database: Database;
  readonly transact: Transact;
  readonly pages: Pick<PageFiles, 'rewrapAll'>;
  readonly keys: KeyRing;
  readonly audit: Audit;
}

/** What could not be brought under the new key, since no key opens it: it was lost before. */
export interface RotationReport {
  readonly rewrapped: number;
  readonly unreadable: number;
}

/** Tables whose `payload` is sealed under the id of its row. */
const SEALED = [
  { table: 'outbox', id: 'id' },
  { table: 'incoming_change', id: 'id' },
  { table: 'enquiry_content', id: 'id' },
  { table: 'supplement', id: 'id' },
  { table: 'remote_config', id: 'CAST(version AS TEXT)' },
] as const;
type SealedTable = (typeof SEALED)[number];

type SealedRow = { readonly rowid: number; readonly id: string; readonly payload: Buffer };

/**
 * Brings everything at rest under the current key, a batch a commit, and lets others have a turn between them. Broken off at
 * any point, it is simply begun again: what carries the mark of the new key is passed over. Only after `ok` may the former
 * key be forgotten.
 */
export async function rotateKeys(deps: RotationDeps): Promise<Result<RotationReport, WriteFailure>> {
  const { database, transact, audit } = deps;
  const report = { rewrapped: 0, unreadable: 0 };
  const count = (ok: boolean) => {
    if (ok) report.rewrapped += 1;
    else report.unreadable += 1;
  };
  for (const sealed of SEALED) {
    let last = 0;
    for (;;) {
      const written = transact(() => rewrapSome(deps, sealed, last, count));
      if (!written.ok) return written;
      if (written.value === undefined) break;
      last = written.value;
      await setImmediate();
    }
  }
  const files = deps.pages.rewrapAll();
  for (;;) {
    const step = attemptWrite(() => files.next());
    if (!step.ok) return step;
    if (step.value.done) break;
    count(step.value.value);
    await setImmediate();
  }
  const outcome = `${report.rewrapped}-rewrapped-${report.unreadable}-unreadable`;
  const told = transact(() =>
    audit.append({ who: 'process:core', what: 'key-rotated', target: 'device-key', outcome }),
  );
  if (!told.ok) return told;
  // The write-ahead log still has values under the former key.
  database.pragma('wal_checkpoint(TRUNCATE)');
  return done(report);
}

/** The row it came to; nothing when no row is left. */
function rewrapSome(
  { database, keys }: RotationDeps,
  { table, id: idOfRow }: SealedTable,
  after: number,
  count: (ok: boolean) => void,
): number | undefined {
  const rows = database
    .prepare<[number, Buffer, number], SealedRow>(
      `SELECT rowid AS rowid, ${idOfRow} AS id, payload FROM ${table}
       WHERE rowid > ? AND payload IS NOT NULL AND substr(payload, 1, ${MARK_BYTES}) <> ? ORDER BY rowid LIMIT ?`,
    )
    .all(after, keys.mark, KEY_ROTATION_BATCH);
  const put = database.prepare<[Buffer, number]>(`UPDATE ${table} SET payload = ? WHERE rowid = ?`);
  for (const { rowid, id, payload } of rows) {
    const next = keys.rewrap(payload, { table, rowId: id });
    if (next.ok) put.run(next.value, rowid);
    count(next.ok);
  }
  return rows.at(-1)?.rowid;
}
