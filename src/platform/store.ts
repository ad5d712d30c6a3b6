import type { z } from 'zod';
import { type AnnouncedPage, caseSubmission, type CaseProgress } from '../contract/platform-api.ts';
import { done, refused, type Result } from '../domain/result.ts';
import { type ChangePage, newsOf } from '../contract/changes.ts';
import type { ComparedKind } from '../contract/reconciliation.ts';
import type { DaySummary, RecordDigest } from '../domain/reconciliation.ts';
import { type Arrivals, readArrivals } from './arrivals.ts';
import { caseColumns, type CaseRow } from './cases/case-file.ts';
import { readFollowUp } from './cases/follow-up.ts';
import { changesOfCase, publishChange, readChanges, type Publication, type PublishRefusal } from './changes.ts';
import { recordsOfDay, summariesOfDay } from './day-records.ts';
import { createIdempotency, type KeyedRequest } from './idempotency.ts';
import { createRecords, findAnnounced, type Records } from './records.ts';
import type { SqlDatabase } from './sql.ts';

/** What arrived, and how many requests were repetitions answered from the store. */
export type Received = Arrivals & { readonly replays: number };

/** The platform's memory. */
export interface PlatformStore {
  /** Takes in one record, once for its key: see {@link Idempotency.once}. On disk when it resolves. */
  takeIn<T, R extends string>(
    request: KeyedRequest,
    prepare: () => Promise<void>,
    answerSchema: z.ZodType<T>,
    work: (records: Records) => Promise<Result<T, R>>,
  ): Promise<Result<T, R | 'in-progress' | 'key-reused'>>;
  /** By provisional number, official number, number of a part or receipt code. */
  progress(number: string, now: Date): Promise<Result<CaseProgress, 'unknown-number'>>;
  /** Tells kiosks something, once for its id; the answer, how many. On disk when it resolves. */
  publish(what: Publication, at: Date): Promise<Result<number, PublishRefusal>>;
  changes(kioskId: string, after: string): Promise<Result<ChangePage, 'cursor-unknown'>>;
  /** What a kiosk handed over on a day in China. */
  summaries(kioskId: string, day: string): Promise<readonly (DaySummary & { readonly kind: string })[]>;
  dayRecords(kioskId: string, day: string, kind: ComparedKind): Promise<readonly RecordDigest[]>;
  /** Refused unless the page's case is here and announced it. `receivedAt` is null as long as its scan is missing. */
  announced(page: AnnouncedPage): ReturnType<typeof findAnnounced>;
  /** Binds a page to the upload that it came in, unless it is here already. */
  addUpload(page: AnnouncedPage, upload: { readonly id: string; readonly bytes: number }, at: Date): Promise<void>;
  /** The uploads that pages came in. */
  uploadsKept(): Promise<ReadonlySet<string>>;
  received(): Promise<Received>;
  close(): Promise<void>;
}

export function createPlatformStore(database: SqlDatabase): PlatformStore {
  const idempotency = createIdempotency(database);
  return {
    takeIn: (request, prepare, answerSchema, work) =>
      idempotency.once(request, prepare, answerSchema, (sql) => work(createRecords(sql))),

    async progress(number, now) {
      const row = await database.get<CaseRow>(
        `SELECT ${caseColumns} FROM case_record WHERE id =
           (SELECT coalesce(parent_id, id) FROM case_number JOIN case_record AS found ON found.id = case_id WHERE number = $1)`,
        [number],
      );
      if (!row) return refused('unknown-number');
      const submission = caseSubmission.parse(JSON.parse(row.content));
      const told = newsOf(await changesOfCase(database, row.id), now);
      const followed = await readFollowUp(database, row.id);
      const { stage, ...news } = followed
        ? {
            ...followed,
            ...(told.appointment && { appointment: told.appointment }),
            ...(told.records && { records: told.records }),
          }
        : told;
      return done({
        provisionalNumber: submission.provisionalNumber,
        officialNumber: row.official_number,
        itemName: submission.itemName,
        // By the trail, where there is one. Before: 受理 begins when the case is complete, so with its last announced page.
        stage: stage ?? (row.pages_missing === 0 ? 'accepted' : 'applied'),
        handedInAt: submission.handedInAt,
        receivedAt: row.received_at,
        department: submission.department,
        ...news,
      });
    },

    publish: (what, at) => database.transaction((transaction) => publishChange(transaction, what, at)),
    changes: (kioskId, after) => readChanges(database, kioskId, after),
    summaries: (kioskId, day) => summariesOfDay(database, kioskId, day),
    dayRecords: (kioskId, day, kind) => recordsOfDay(database, kioskId, day, kind),

    announced: (page) => findAnnounced(database, page),
    addUpload: (page, { id, bytes }, at) =>
      database.transaction((transaction) =>
        transaction.run(
          'UPDATE page SET upload = $1, bytes = $2, received_at = $3 WHERE id = $4 AND received_at IS NULL',
          [id, bytes, at.toISOString(), page.id],
        ),
      ),
    async uploadsKept() {
      const rows = await database.all<{ upload: string }>('SELECT upload FROM page WHERE upload IS NOT NULL');
      return new Set(rows.map(({ upload }) => upload));
    },

    received: async () => ({ ...(await readArrivals(database)), replays: await idempotency.replays() }),
    close: () => database.close(),
  };
}
