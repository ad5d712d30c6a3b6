import { appointment, type Appointment } from '../contract/appointment-calls.ts';
import { suppliedContent, type SuppliedContent } from '../contract/case-calls.ts';
import type { EnquirySubmission } from '../contract/enquiry-calls.ts';
import { type GuideRatingSubmission, guideRatingSubmission } from '../contract/guide-rating-calls.ts';
import { trailLine } from '../contract/office/cases.ts';
import type { Receipt } from '../contract/platform-api.ts';
import type { CaseEvent } from '../domain/case/states.ts';
import { keptEnquiry } from './complaints/enquiry-records.ts';
import type { Sql } from './sql.ts';

/** What people did at a kiosk beside handing in and rating. */
export interface ApplicantArrivals {
  /** Without the telephone number, which is read only where that is written down, and without the code, which is not kept. */
  readonly enquiries: readonly (Omit<EnquirySubmission, 'answerCode' | 'contact'> & Receipt)[];
  /** 补正, by round; one of an 一件事 stands with the whole and with each part that asked for any of it. */
  readonly supplements: readonly (SuppliedContent & Receipt & { readonly caseId: string; readonly round: number })[];
  /** Steps that applicants made, such as a withdrawal; of an 一件事 with its parts. */
  readonly applicantSteps: readonly ApplicantStep[];
  /** By their day: nothing else is known of when they came, and nothing of who and where. */
  readonly guideRatings: readonly KeptGuideRating[];
  /** As they stand, by their time. Whose they are is not told. */
  readonly appointments: readonly (Omit<Appointment, 'caseId'> & { readonly caseId: string | null })[];
}

type KeptGuideRating = Omit<GuideRatingSubmission, 'kioskId'>;

interface ApplicantStep {
  readonly caseId: string;
  readonly event: CaseEvent;
  readonly at: string;
  readonly kioskId: string;
}

export async function readApplicantArrivals(sql: Sql): Promise<ApplicantArrivals> {
  const enquiries = await sql.all<{ content: string; receivedAt: string }>(
    'SELECT content, received_at AS "receivedAt" FROM enquiry ORDER BY rowid',
  );
  const supplements = await sql.all<{ caseId: string; round: number; content: string; receivedAt: string }>(
    `SELECT case_id AS "caseId", round, content, supplied_at AS "receivedAt" FROM case_supply
     ORDER BY supplied_at, case_id, round`,
  );
  const appointments = await sql.all<Omit<Appointment, 'state'> & { state: string; caseId: string | null }>(
    `SELECT appointment.id, appointment.item, hall_code AS "hallCode", starts_at AS "startsAt", ends_at AS "endsAt",
       place, state, case_id AS "caseId"
     FROM appointment JOIN appointment_slot ON appointment_slot.id = slot_id ORDER BY starts_at, appointment.id`,
  );
  return {
    enquiries: enquiries.map(({ content, receivedAt }) => {
      const { contact: _unread, ...said } = keptEnquiry.parse(JSON.parse(content));
      return { ...said, receivedAt };
    }),
    supplements: supplements.map(({ content, ...one }) => ({ ...suppliedContent.parse(JSON.parse(content)), ...one })),
    applicantSteps: await readApplicantSteps(sql),
    guideRatings: await readGuideRatings(sql),
    appointments: appointments.map((one) => ({ ...one, state: appointment.shape.state.parse(one.state) })),
  };
}

async function readGuideRatings(sql: Sql): Promise<KeptGuideRating[]> {
  const rows = await sql.all(
    `SELECT id, hall_code AS "hallCode", item_code AS "itemCode", item_version AS "itemVersion", level,
       rated_on AS "ratedOn" FROM guide_rating ORDER BY rated_on, id`,
  );
  return rows.map((row) => guideRatingSubmission.omit({ kioskId: true }).parse(row));
}

async function readApplicantSteps(sql: Sql): Promise<ApplicantStep[]> {
  // Most steps are the department's: they need not be read for it.
  const rows = await sql.all<{ caseId: string; content: string }>(
    `SELECT case_id AS "caseId", content FROM case_step WHERE content LIKE '%"kind":"applicant"%'
     ORDER BY case_id, position`,
  );
  const steps = rows.flatMap(({ caseId, content }) => {
    const { event, at, maker } = trailLine.parse(JSON.parse(content));
    return maker.kind === 'applicant' ? [{ caseId, event, at, kioskId: maker.kioskId }] : [];
  });
  return steps.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
