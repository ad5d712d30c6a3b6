import {
  type AnnouncedPage,
  type CaseReceipt,
  type CaseSubmission,
  caseSubmission,
  type DeviceEventSubmission,
  deviceEventSubmission,
  type RatingSubmission,
  ratingSubmission,
  type Receipt,
} from '../contract/platform-api.ts';
import {
  type QueueLease,
  type QueueLeaseRequest,
  type QueueTicketSubmission,
  queueTicketSubmission,
} from '../contract/queue-records.ts';
import { type SelfTestReport, selfTestReport } from '../contract/self-test.ts';
import { type ConfigReport, configReport } from '../contract/signed-config.ts';
import { type ApplicantArrivals, readApplicantArrivals } from './applicant-arrivals.ts';
import { receiptOf } from './records.ts';
import type { Sql } from './sql.ts';

/** Everything that arrived, in order of arrival. Parts of an 一件事 are inside its case: they were made here. */
export interface Arrivals extends ApplicantArrivals {
  readonly cases: readonly (CaseSubmission & CaseReceipt)[];
  /** `bytes`: length of the image. */
  readonly scans: readonly (AnnouncedPage & Receipt & { readonly bytes: number })[];
  readonly ratings: readonly (RatingSubmission & Receipt)[];
  readonly selfTests: readonly (SelfTestReport & Receipt)[];
  readonly deviceEvents: readonly (DeviceEventSubmission & Receipt)[];
  readonly configReports: readonly (ConfigReport & Receipt)[];
  readonly queueLeases: readonly Leased[];
  readonly queueTickets: readonly (QueueTicketSubmission & Receipt)[];
}

/** Numbers of a queue that a kiosk may give, from `first` to `last`. */
type Leased = Pick<QueueLeaseRequest, 'id' | 'kioskId' | 'hallCode' | 'day' | 'queue'> & QueueLease;

interface ContentRow {
  readonly content: string;
  readonly received_at: string;
}

export async function readArrivals(sql: Sql): Promise<Arrivals> {
  const cases = await sql.all<ContentRow & { official_number: string }>(
    'SELECT content, official_number, received_at FROM case_record WHERE parent_id IS NULL ORDER BY rowid',
  );
  const scans = await sql.all<Arrivals['scans'][number]>(
    `SELECT id, case_id AS "caseId", material, sha256, bytes, received_at AS "receivedAt"
     FROM page WHERE received_at IS NOT NULL ORDER BY received_at, rowid`,
  );
  const ratings = await sql.all<ContentRow>('SELECT content, received_at FROM rating ORDER BY rowid');
  const selfTests = await sql.all<ContentRow>('SELECT content, received_at FROM self_test ORDER BY rowid');
  const deviceEvents = await sql.all<ContentRow>('SELECT content, received_at FROM device_event ORDER BY rowid');
  const configReports = await sql.all<ContentRow>('SELECT content, received_at FROM config_report ORDER BY rowid');
  const queueLeases = await sql.all<Leased>(
    `SELECT id, kiosk_id AS "kioskId", hall_code AS "hallCode", day, queue, first, last FROM queue_lease ORDER BY rowid`,
  );
  const queueTickets = await sql.all<ContentRow>('SELECT content, received_at FROM queue_ticket ORDER BY rowid');
  return {
    cases: cases.map(({ content, official_number, received_at }) => {
      const submission = caseSubmission.parse(JSON.parse(content));
      return { ...submission, ...receiptOf(submission, official_number, received_at) };
    }),
    scans,
    ratings: ratings.map(({ content, received_at }) => ({
      ...ratingSubmission.parse(JSON.parse(content)),
      receivedAt: received_at,
    })),
    selfTests: selfTests.map(({ content, received_at }) => ({
      ...selfTestReport.parse(JSON.parse(content)),
      receivedAt: received_at,
    })),
    deviceEvents: deviceEvents.map(({ content, received_at }) => ({
      ...deviceEventSubmission.parse(JSON.parse(content)),
      receivedAt: received_at,
    })),
    configReports: configReports.map(({ content, received_at }) => ({
      ...configReport.parse(JSON.parse(content)),
      receivedAt: received_at,
    })),
    queueLeases,
    queueTickets: queueTickets.map(({ content, received_at }) => ({
      ...queueTicketSubmission.parse(JSON.parse(content)),
      receivedAt: received_at,
    })),
    ...(await readApplicantArrivals(sql)),
  };
}
