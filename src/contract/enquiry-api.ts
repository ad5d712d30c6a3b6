import { oc } from '@orpc/contract';
import { z } from 'zod';
import { coreErrors, STORE_FAILED, visit } from './core-call.ts';
import { enquiryAnswer, enquirySubmission } from './enquiry-calls.ts';

/** Consultations and complaints (咨询、投诉). Nobody has to say who they are. */
export const enquiryApi = {
  /**
   * Commits what was written to disk, then answers with the code that reads the answer. It is sent when the platform is there.
   * The same again in a visit is the same enquiry.
   */
  handIn: visit
    .errors({ UNKNOWN_ITEM: {}, STORE_FAILED })
    .input(enquirySubmission.pick({ kind: true, concerns: true, itemCode: true, text: true, contact: true }))
    .output(z.strictObject({ code: z.string(), submittedAt: z.string() })),
  /**
   * What became of it, for whoever has the code; nothing of what was written. `UNKNOWN_CODE` also for one that has not arrived
   * yet.
   */
  answer: oc
    .errors({ UNKNOWN_CODE: {}, PLATFORM_UNREACHABLE: {}, NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE })
    .input(z.strictObject({ code: z.string().trim().toUpperCase().max(40) }))
    .output(enquiryAnswer),
};
