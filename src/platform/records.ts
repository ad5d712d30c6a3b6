import type {
  AnnouncedPage,
  CaseReceipt,
  CaseSubmission,
  DeviceEventSubmission,
  RatingSubmission,
  Receipt,
} from '../contract/platform-api.ts';
import type { SelfTestReport } from '../contract/self-test.ts';
import type { ConfigReport } from '../contract/signed-config.ts';
import { hallDay } from '../domain/calendar/day.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { comparedContent } from '../domain/compared-content.ts';
import { addParts, officeOf } from './cases/split.ts';
import { contentHash } from './content-hash.ts';
import { nextOfficialNumber, partNumber } from './official-numbers.ts';
import { createQueueRecords, type QueueRecords } from './queue-records.ts';
import { askDepartments } from './network-checks/check-records.ts';
import { type RatingRefusal, takeRating } from './ratings/rating-records.ts';
import type { Sql, Transaction } from './sql.ts';
import { superviseArrival } from './supervision/step-records.ts';

/** Writes records, as parts of one transaction. What arrived already gets its first answer again. */
export interface Records extends QueueRecords {
  addCase(submission: CaseSubmission, at: Date): Promise<Result<CaseReceipt, 'content-differs'>>;
  /** Its national record and, for a bad one, its review are made with it. */
  addRating(submission: RatingSubmission, at: Date): Promise<Result<Receipt, RatingRefusal>>;
  addSelfTest(report: SelfTestReport, at: Date): Promise<Result<Receipt, 'content-differs'>>;
  addDeviceEvent(event: DeviceEventSubmission, at: Date): Promise<Result<Receipt, 'content-differs'>>;
  addConfigReport(report: ConfigReport, at: Date): Promise<Result<Receipt, 'content-differs'>>;
}

interface PageRow {
  readonly case_id: string;
  readonly material: string;
  readonly sha256: string;
  readonly received_at: string | null;
}
interface KnownRow {
  readonly content_hash: string;
  readonly received_at: string;
}

export function createRecords(sql: Transaction): Records {
  return {
    ...createQueueRecords(sql),
    async addCase(submission, at) {
      const { id, provisionalNumber, receiptCode } = submission;
      const pages = submission.materials.flatMap(({ id: material, pages: list }) =>
        list.map((page) => ({ ...page, material })),
      );
      const ownNumbers = new Set([provisionalNumber, receiptCode]);
      // In this order: what another transaction commits in between is then known by its id before its numbers are held
      // against it.
      const taken = await isTaken(sql, ownNumbers, pages);
      const known = await sql.get<{ content_hash: string; official_number: string; received_at: string }>(
        'SELECT content_hash, official_number, received_at FROM case_record WHERE id = $1',
        [id],
      );
      const hash = contentHash(comparedContent(submission));
      if (known?.content_hash === hash) return done(receiptOf(submission, known.official_number, known.received_at));
      if (known || taken) return refused('content-differs');

      const official = await nextOfficialNumber(sql, submission.hallCode, at);
      const receipt = receiptOf(submission, official, at.toISOString());
      await sql.run(
        `INSERT INTO case_record
           (id, provisional_number, receipt_code, official_number, content, content_hash, received_at, kiosk_id, item_code, office)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          provisionalNumber,
          receiptCode,
          official,
          JSON.stringify(submission),
          hash,
          receipt.receivedAt,
          submission.kioskId,
          submission.itemCode,
          officeOf(submission.itemCode),
        ],
      );
      await sql.run('INSERT INTO case_fact (case_id, hall_code, item_code, handed_in_on) VALUES ($1, $2, $3, $4)', [
        id,
        submission.hallCode,
        submission.itemCode,
        hallDay(submission.handedInAt),
      ]);
      // Of an 一件事 the parts are supervised, each by its own limits.
      const isWhole = submission.parts.length > 0;
      if (!isWhole)
        await superviseArrival(sql, submission, {
          officialNumber: official,
          office: officeOf(submission.itemCode),
          at,
        });
      for (const [position, number] of receipt.partNumbers.entries())
        await sql.run('INSERT INTO part (case_id, position, official_number) VALUES ($1, $2, $3)', [
          id,
          position,
          number,
        ]);
      for (const number of [...ownNumbers, official])
        await sql.run('INSERT INTO case_number (number, case_id) VALUES ($1, $2)', [number, id]);
      for (const page of pages)
        await sql.run('INSERT INTO page (id, case_id, material, sha256) VALUES ($1, $2, $3, $4)', [
          page.id,
          id,
          page.material,
          page.sha256,
        ]);
      if (isWhole) await addParts(sql, submission, receipt, at);
      await askDepartments(sql, submission, at);
      return done(receipt);
    },

    addRating: (submission, at) => takeRating(sql, submission, at),

    async addSelfTest(report, at) {
      const { id, kioskId, endedAt, verdict } = report;
      const hash = contentHash(report);
      const known = await sql.get<KnownRow>('SELECT content_hash, received_at FROM self_test WHERE id = $1', [id]);
      if (known) return asBefore(known, hash);
      const receivedAt = at.toISOString();
      await sql.run(
        `INSERT INTO self_test (id, kiosk_id, ended_at, verdict, content, content_hash, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, kioskId, endedAt, verdict, JSON.stringify(report), hash, receivedAt],
      );
      return done({ receivedAt });
    },

    async addDeviceEvent(event, at) {
      const hash = contentHash(event);
      const known = await sql.get<KnownRow>('SELECT content_hash, received_at FROM device_event WHERE id = $1', [
        event.id,
      ]);
      if (known) return asBefore(known, hash);
      const receivedAt = at.toISOString();
      await sql.run(
        `INSERT INTO device_event (id, kiosk_id, device, kind, content, content_hash, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [event.id, event.kioskId, event.device, event.kind, JSON.stringify(event), hash, receivedAt],
      );
      return done({ receivedAt });
    },

    async addConfigReport(report, at) {
      const { id, kioskId } = report;
      const hash = contentHash(report);
      const known = await sql.get<KnownRow>('SELECT content_hash, received_at FROM config_report WHERE id = $1', [id]);
      if (known) return asBefore(known, hash);
      const receivedAt = at.toISOString();
      await sql.run(
        'INSERT INTO config_report (id, kiosk_id, content, content_hash, received_at) VALUES ($1, $2, $3, $4, $5)',
        [id, kioskId, JSON.stringify(report), hash, receivedAt],
      );
      return done({ receivedAt });
    },
  };
}

function asBefore({ content_hash, received_at }: KnownRow, hash: string): Result<Receipt, 'content-differs'> {
  return content_hash === hash ? done({ receivedAt: received_at }) : refused('content-differs');
}

export function receiptOf(submission: CaseSubmission, officialNumber: string, receivedAt: string): CaseReceipt {
  const partNumbers = submission.parts.map((_part, position) => partNumber(officialNumber, position));
  return { officialNumber, receivedAt, partNumbers };
}

/** Whether a number or a page of a new case came with another one, or a page twice with this one. */
async function isTaken(sql: Sql, numbers: ReadonlySet<string>, pages: readonly { id: string }[]): Promise<boolean> {
  for (const number of numbers)
    if (await sql.get('SELECT 1 AS found FROM case_number WHERE number = $1', [number])) return true;
  for (const { id } of pages) if (await sql.get('SELECT 1 AS found FROM page WHERE id = $1', [id])) return true;
  return new Set(pages.map(({ id }) => id)).size < pages.length;
}

/** Refused unless the case announced this very page. `receivedAt` is null as long as its scan is missing. */
export async function findAnnounced(
  sql: Sql,
  page: AnnouncedPage,
): Promise<Result<{ readonly receivedAt: string | null }, 'unknown-case' | 'page-not-announced'>> {
  if (!(await hasCase(sql, page.caseId))) return refused('unknown-case');
  const row = await sql.get<PageRow>('SELECT case_id, material, sha256, received_at FROM page WHERE id = $1', [
    page.id,
  ]);
  const announced = row?.case_id === page.caseId && row.material === page.material && row.sha256 === page.sha256;
  return announced ? done({ receivedAt: row.received_at }) : refused('page-not-announced');
}

async function hasCase(sql: Sql, id: string): Promise<boolean> {
  return (await sql.get('SELECT 1 AS found FROM case_record WHERE id = $1', [id])) !== undefined;
}
