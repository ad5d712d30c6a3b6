import { oc } from '@orpc/contract';
import { z } from 'zod';
import { enquiryKinds } from '../domain/enquiry/enquiry.ts';
import { officeHeaders, officeWrite } from './office/office-call.ts';
import { enquiryExample } from './platform-examples.ts';
import { hallCode, instant } from './word.ts';

const kioskId = z.string().trim().min(1).max(64);

/** Opaque: 26 letters that the kiosk drew by chance. Whoever has it reads the answer, so nobody else can guess one. */
const answerCode = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

/** Which of its states an enquiry is in; see `domain/enquiry`. */
export const enquiryState = z.enum(['open', 'overdue', 'answered', 'answered-late']);

/** A consultation or a complaint (咨询、投诉). Nobody has to say who they are. */
export const enquirySubmission = z
  .strictObject({
    id: z.uuid(),
    kioskId,
    /** Where it was written. */
    hallCode,
    kind: z.enum(enquiryKinds),
    /** The hall that a complaint is about; this one unless it says another. Its offices never read it. */
    concerns: hallCode.optional(),
    /** What it is about, when it is about an item. */
    itemCode: z.string().trim().min(1).max(64).optional(),
    text: z.string().trim().min(1).max(2_000),
    /** Only when the person wants to be called. */
    contact: z
      .strictObject({ name: z.string().trim().min(1).max(100).optional(), phone: z.string().regex(/^[\d+-]{7,20}$/) })
      .optional(),
    /** The person reads the answer with it. The platform keeps its hash only. */
    answerCode,
    /** Kiosk time. */
    submittedAt: instant,
  })
  .meta({ examples: [enquiryExample] });
export type EnquirySubmission = z.infer<typeof enquirySubmission>;

/** `dueDay`: the last day for the answer, counted from `receivedAt` by the platform's clock. */
export const enquiryReceipt = z.object({ receivedAt: instant, dueDay: z.iso.date() });
export type EnquiryReceipt = z.infer<typeof enquiryReceipt>;

/** What whoever has the code is told: the answer, and nothing of what was asked. */
export const enquiryAnswer = z.object({
  kind: z.enum(enquiryKinds),
  state: enquiryState,
  receivedAt: instant,
  dueDay: z.iso.date(),
  overdueDays: z.int().nonnegative(),
  extension: z.object({ days: z.int().positive(), reason: z.string() }).optional(),
  answer: z.object({ text: z.string(), at: instant }).optional(),
});
export type EnquiryAnswer = z.infer<typeof enquiryAnswer>;

export const enquiryCalls = {
  submitEnquiry: officeWrite(['content-differs'])
    .route({
      method: 'POST',
      path: '/enquiries',
      summary: 'Hand in a consultation or a complaint',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: enquirySubmission }))
    .output(enquiryReceipt),
  enquiryAnswer: oc
    .errors({ OTHER_DEVICE: { status: 403 }, UNKNOWN_CODE: { status: 404 } })
    .route({
      method: 'POST',
      path: '/enquiries/answer',
      summary: 'What became of an enquiry, for whoever has its code',
    })
    .input(
      z
        .strictObject({ kioskId, answerCode })
        .meta({ examples: [{ kioskId: enquiryExample.kioskId, answerCode: enquiryExample.answerCode }] }),
    )
    .output(enquiryAnswer),
};
