import type { Database } from 'better-sqlite3';
import type { CaseSubmission } from '../../contract/platform-api.ts';
import type { CaseRecords } from '../case/case-records.ts';
import { pagesOf } from '../case/intake.ts';
import type { PageFiles } from '../case/page-files.ts';
import { SERIAL_GAP_AFTER_SALVAGE } from '../limits.ts';
import type { Outbox, OutboxRow } from '../outbox/outbox.ts';
import { turnOfCase } from '../outbox/turn.ts';
import { readRecord, writePayload } from '../sync/outgoing.ts';
import type { Seal } from './seal.ts';

export interface MendDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly cases: CaseRecords;
  readonly pages: PageFiles;
  readonly seal: Seal;
  /** YYYY-MM-DD at the hall */
  readonly today: string;
}

/**
 * Joins up what came out of a damaged store: a case whose own row is lost is rebuilt from its sealed content, and so are
 * lost deliveries of its pages, under the ids they had. What cannot be rebuilt is left for staff to see, never dropped.
 */
export function mend(deps: MendDeps): void {
  for (const submission of readableCases(deps)) {
    rebuildRecord(deps, submission);
    rebuildPages(deps, submission);
  }
  keepOrphans(deps);
  markLostContents(deps);
  deps.outbox.lookAnew('all');
  deps.cases.skipSerials(deps.today, SERIAL_GAP_AFTER_SALVAGE);
}

function readableCases({ database, seal }: MendDeps): CaseSubmission[] {
  const rows = database
    .prepare<[], Pick<OutboxRow, 'id' | 'step' | 'payload'>>(
      `SELECT id, step, payload FROM outbox WHERE step = 'case' AND payload IS NOT NULL`,
    )
    .all();
  return rows.flatMap((row) => {
    const record = readRecord(row, seal);
    return record.ok && record.value.step === 'case' ? [record.value.content] : [];
  });
}

function rebuildRecord({ database, cases }: MendDeps, submission: CaseSubmission): void {
  const known = database.prepare('SELECT 1 FROM case_record WHERE id = ?').get(submission.id);
  if (known === undefined) cases.add({ ...submission });
}

function rebuildPages({ outbox, seal, pages }: MendDeps, submission: CaseSubmission): void {
  for (const [index, { id, material, sha256 }] of pagesOf(submission).entries()) {
    const position = index + 1;
    if (outbox.has(submission.id, position) || !pages.read(id).ok) continue;
    outbox.add({
      id,
      caseId: submission.id,
      position,
      step: 'scan',
      createdAt: submission.handedInAt,
      firstAttemptAt: 0,
      // What was promised for it is not in what is sent.
      turn: turnOfCase(new Date(submission.handedInAt), 0),
      payload: seal.seal(writePayload({ id, caseId: submission.id, material, sha256 }), id),
    });
  }
}

/** Deliveries whose case is not known any more: those that arrived are over, the others get a nameless case to belong to. */
function keepOrphans({ database, cases }: MendDeps): void {
  const orphan = 'case_id NOT IN (SELECT id FROM case_record)';
  database.exec(`DELETE FROM outbox WHERE state = 'done' AND ${orphan}`);
  const lost = database
    .prepare<[], { id: string; at: string }>(
      `SELECT case_id AS id, min(created_at) AS at FROM outbox WHERE ${orphan} GROUP BY case_id`,
    )
    .all();
  for (const { id, at } of lost) {
    const nameless = { itemCode: '', itemVersion: 0, itemName: '', department: '' };
    cases.add({ id, provisionalNumber: `lost-${id}`, receiptCode: `lost-${id}`, handedInAt: at, ...nameless });
  }
}

/** Cases without a delivery of their own: with an official number they arrived; else their content is lost and staff must act. */
function markLostContents({ database }: MendDeps): void {
  database.exec(
    `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, reason, created_at)
     SELECT id, id, 0, 'case',
            CASE WHEN official_number IS NULL THEN 'needs-staff' ELSE 'done' END, 0,
            CASE WHEN official_number IS NULL THEN 'content-lost' END, handed_in_at
     FROM case_record AS r
     WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.case_id = r.id AND o.step = 'case')`,
  );
}
