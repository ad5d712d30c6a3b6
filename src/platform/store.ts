import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import {
  type CaseProgress,
  type CaseReceipt,
  type CaseSubmission,
  caseSubmission,
  type RatingSubmission,
  ratingSubmission,
  type Receipt,
  type ScanSubmission,
} from '../contract/platform-api.ts';
import { type SelfTestReport, selfTestReport } from '../contract/self-test.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { contentHash } from './content-hash.ts';
import { createOfficialNumbers, partNumber } from './official-numbers.ts';

/** Everything that arrived, in order of arrival. */
export interface Arrivals {
  readonly cases: readonly (CaseSubmission & CaseReceipt)[];
  /** `bytes`: length of the image. */
  readonly scans: readonly (Omit<ScanSubmission, 'image'> & Receipt & { readonly bytes: number })[];
  readonly ratings: readonly (RatingSubmission & Receipt)[];
  readonly selfTests: readonly (SelfTestReport & Receipt)[];
}

/** The records of the platform. The `add` calls are parts of a transaction of the caller. */
export interface PlatformStore {
  addCase(submission: CaseSubmission, at: Date): Result<CaseReceipt, 'content-differs'>;
  addScan(
    submission: ScanSubmission,
    at: Date,
  ): Result<Receipt, 'unknown-case' | 'page-not-announced' | 'hash-mismatch'>;
  addRating(
    submission: RatingSubmission,
    at: Date,
  ): Result<Receipt, 'unknown-case' | 'content-differs' | 'already-rated'>;
  addSelfTest(report: SelfTestReport, at: Date): Result<Receipt, 'content-differs'>;
  progress(number: string): Result<CaseProgress, 'unknown-number'>;
  arrivals(): Arrivals;
}

interface CaseRow {
  id: string;
  official_number: string;
  content: string;
  content_hash: string;
  received_at: string;
}
interface PageRow {
  case_id: string;
  material: string;
  sha256: string;
  received_at: string | null;
}
interface RatingRow {
  id: string;
  content_hash: string;
  received_at: string;
}
type SelfTestRow = Omit<RatingRow, 'id'>;

export function createPlatformStore(database: Database): PlatformStore {
  const nextNumber = createOfficialNumbers(database);
  const caseById = database.prepare<[string], CaseRow>('SELECT * FROM case_record WHERE id = ?');
  const caseByNumber = database.prepare<{ number: string }, CaseRow>(
    `SELECT * FROM case_record
     WHERE provisional_number = :number OR official_number = :number OR receipt_code = :number
        OR id = (SELECT case_id FROM part WHERE official_number = :number)`,
  );
  const insertCase = database.prepare(
    `INSERT INTO case_record
       (id, provisional_number, receipt_code, official_number, content, content_hash, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const partsOf = database
    .prepare<[string], string>('SELECT official_number FROM part WHERE case_id = ? ORDER BY position')
    .pluck();
  const insertPart = database.prepare('INSERT INTO part (case_id, position, official_number) VALUES (?, ?, ?)');
  const pageById = database.prepare<[string], PageRow>(
    'SELECT case_id, material, sha256, received_at FROM page WHERE id = ?',
  );
  const insertPage = database.prepare('INSERT INTO page (id, case_id, material, sha256) VALUES (?, ?, ?, ?)');
  const fillPage = database.prepare('UPDATE page SET image = ?, received_at = ? WHERE id = ?');
  const pagesMissing = database
    .prepare<[string], number>('SELECT count(*) FROM page WHERE case_id = ? AND image IS NULL')
    .pluck();
  const ratingOf = database.prepare<[string, string], RatingRow>(
    'SELECT id, content_hash, received_at FROM rating WHERE case_id = ? OR id = ?',
  );
  const insertRating = database.prepare(
    'INSERT INTO rating (id, case_id, content, content_hash, received_at) VALUES (?, ?, ?, ?, ?)',
  );
  const selfTestById = database.prepare<[string], SelfTestRow>(
    'SELECT content_hash, received_at FROM self_test WHERE id = ?',
  );
  const insertSelfTest = database.prepare(
    `INSERT INTO self_test (id, kiosk_id, ended_at, verdict, content, content_hash, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );

  function caseReceipt(row: Pick<CaseRow, 'id' | 'official_number' | 'received_at'>): CaseReceipt {
    return { officialNumber: row.official_number, receivedAt: row.received_at, partNumbers: partsOf.all(row.id) };
  }

  return {
    addCase(submission, at) {
      const hash = contentHash(submission);
      const known = caseById.get(submission.id);
      if (known) return known.content_hash === hash ? done(caseReceipt(known)) : refused('content-differs');
      const pages = submission.materials.flatMap(({ id: material, pages: list }) =>
        list.map((page) => ({ ...page, material })),
      );
      const taken =
        [submission.provisionalNumber, submission.receiptCode].some((number) => caseByNumber.get({ number })) ||
        pages.some(({ id }) => pageById.get(id)) ||
        new Set(pages.map(({ id }) => id)).size < pages.length;
      if (taken) return refused('content-differs');

      const { id, provisionalNumber, receiptCode } = submission;
      const official = nextNumber(submission.hallCode, at);
      const receivedAt = at.toISOString();
      insertCase.run(id, provisionalNumber, receiptCode, official, JSON.stringify(submission), hash, receivedAt);
      for (const position of submission.parts.keys()) insertPart.run(id, position, partNumber(official, position));
      for (const page of pages) insertPage.run(page.id, id, page.material, page.sha256);
      return done(caseReceipt({ id, official_number: official, received_at: receivedAt }));
    },

    addScan(submission, at) {
      if (!caseById.get(submission.caseId)) return refused('unknown-case');
      const page = pageById.get(submission.id);
      const announced =
        page?.case_id === submission.caseId &&
        page.material === submission.material &&
        page.sha256 === submission.sha256;
      if (!announced) return refused('page-not-announced');
      const image = Buffer.from(submission.image, 'base64');
      if (createHash('sha256').update(image).digest('hex') !== page.sha256) return refused('hash-mismatch');
      if (page.received_at !== null) return done({ receivedAt: page.received_at });
      const receivedAt = at.toISOString();
      fillPage.run(image, receivedAt, submission.id);
      return done({ receivedAt });
    },

    addRating(submission, at) {
      if (!caseById.get(submission.caseId)) return refused('unknown-case');
      const hash = contentHash(submission);
      const known = ratingOf.get(submission.caseId, submission.id);
      if (known?.content_hash === hash) return done({ receivedAt: known.received_at });
      if (known) return refused(known.id === submission.id ? 'content-differs' : 'already-rated');
      const receivedAt = at.toISOString();
      insertRating.run(submission.id, submission.caseId, JSON.stringify(submission), hash, receivedAt);
      return done({ receivedAt });
    },

    addSelfTest(report, at) {
      const { id, kioskId, endedAt, verdict } = report;
      const hash = contentHash(report);
      const known = selfTestById.get(id);
      if (known)
        return known.content_hash === hash ? done({ receivedAt: known.received_at }) : refused('content-differs');
      const receivedAt = at.toISOString();
      insertSelfTest.run(id, kioskId, endedAt, verdict, JSON.stringify(report), hash, receivedAt);
      return done({ receivedAt });
    },

    progress(number) {
      const row = caseByNumber.get({ number });
      if (!row) return refused('unknown-number');
      const submission = caseSubmission.parse(JSON.parse(row.content));
      return done({
        provisionalNumber: submission.provisionalNumber,
        officialNumber: row.official_number,
        itemName: submission.itemName,
        // 受理 begins when the case is complete, so with its last announced page.
        stage: pagesMissing.get(row.id) === 0 ? 'accepted' : 'applied',
        handedInAt: submission.handedInAt,
        receivedAt: row.received_at,
        department: submission.department,
      });
    },

    arrivals: () => readArrivals(database, caseReceipt),
  };
}

function readArrivals(database: Database, caseReceipt: (row: CaseRow) => CaseReceipt): Arrivals {
  const cases = database.prepare<[], CaseRow>('SELECT * FROM case_record ORDER BY rowid').all();
  const scans = database
    .prepare<[], Arrivals['scans'][number]>(
      `SELECT id, case_id AS caseId, material, sha256, length(image) AS bytes, received_at AS receivedAt
       FROM page WHERE image IS NOT NULL ORDER BY received_at, rowid`,
    )
    .all();
  const ratings = database
    .prepare<[], Pick<CaseRow, 'content' | 'received_at'>>('SELECT content, received_at FROM rating ORDER BY rowid')
    .all();
  const selfTests = database
    .prepare<[], Pick<CaseRow, 'content' | 'received_at'>>('SELECT content, received_at FROM self_test ORDER BY rowid')
    .all();
  return {
    cases: cases.map((row) => ({ ...caseSubmission.parse(JSON.parse(row.content)), ...caseReceipt(row) })),
    scans,
    ratings: ratings.map((row) => ({
      ...ratingSubmission.parse(JSON.parse(row.content)),
      receivedAt: row.received_at,
    })),
    selfTests: selfTests.map((row) => ({
      ...selfTestReport.parse(JSON.parse(row.content)),
      receivedAt: row.received_at,
    })),
  };
}
