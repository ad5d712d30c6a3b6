import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PageFiles } from '../case/page-files.ts';
import { HEADER_BYTES } from '../store/seal.ts';

interface QueuedRow {
  readonly id: string;
  readonly caseId: string;
  readonly position: number;
  readonly step: string;
  readonly state: string;
  readonly createdAt: string;
  readonly payload: Buffer | null;
  /** Towards the case library, where it goes there. */
  readonly copy: string | null;
}

/**
 * One hash over everything that has not arrived at the platform: SHA-256, in hex, over one line for each such row of the
 * outbox in the order of their ids, as a JSON array with line feed: id, case, position, step, state, time of making, SHA-256
 * of the sealed content and, for a page, of its sealed image; then how far it is on its way to the case library, if it goes
 * there. What only that does not have yet is queued too. Of both only what follows the wrapped key is hashed, so that
 * the hash stays the same under another device key; and since it is over sealed bytes, it tells nothing of the content.
 */
export function queueHash(database: Database, pages: Pick<PageFiles, 'sealedPage'>): string {
  const queued = database.prepare<[], QueuedRow>(
    `SELECT id, case_id AS caseId, position, step, state, created_at AS createdAt, payload,
            (SELECT d.state FROM library_delivery AS d WHERE d.id = outbox.id) AS copy
     FROM outbox
     WHERE state <> 'done' OR id IN (SELECT d.id FROM library_delivery AS d WHERE d.state <> 'done') ORDER BY id`,
  );
  const all = createHash('sha256');
  for (const { id, caseId, position, step, state, createdAt, payload, copy } of queued.iterate()) {
    const page = step === 'scan' ? contentHash(pages.sealedPage(id)) : null;
    const line = [id, caseId, position, step, state, createdAt, contentHash(payload), page];
    all.update(`${JSON.stringify(copy === null ? line : [...line, copy])}\n`);
  }
  return all.digest('hex');
}

function contentHash(sealed: Buffer | null | undefined): string | null {
  return sealed ? createHash('sha256').update(sealed.subarray(HEADER_BYTES)).digest('hex') : null;
}
