import { z } from 'zod';
import { applicationView } from './application-view.ts';
import { STORE_FAILED, visit } from './core-call.ts';
import { handedIn } from './visit-view.ts';

/** What a notice says, in its own words: the published rule behind it, what is wrong and what to do. */
const ground = z.strictObject({
  rule: z.string().optional(),
  what: z.string(),
  how: z.string().optional(),
});

/** A notice (一次性告知书) as the applicant answers it here. */
export const supplementView = z.strictObject({
  provisionalNumber: z.string(),
  itemName: z.string(),
  department: z.string(),
  /** ISO 8601 with offset */
  givenAt: z.string().optional(),
  dueDay: z.iso.date().optional(),
  /** The last day is over. It is taken all the same; what comes of it the department decides. */
  isLate: z.boolean(),
  /** All that is asked for, each thing with its grounds. */
  asked: z.array(
    z.strictObject({
      kind: z.enum(['question', 'field', 'material']),
      id: z.string(),
      name: z.string(),
      grounds: z.array(ground),
    }),
  ),
  /** About the application as a whole: anything of it may be given anew. */
  open: z.array(ground),
  /** What only staff can take. */
  elsewhere: z.array(ground),
  /** What may be given, and what of it there is so far; the calls of `application` fill it in. */
  application: applicationView,
  /** Ids and names of what still has to be given; `anything` where a notice about the whole was not answered at all. */
  missing: z.array(z.string()),
});
export type SupplementView = z.infer<typeof supplementView>;

/** 补正: the person whose card was read answers the notice about a case of theirs. */
export const supplementApi = {
  /**
   * Opens the notice about a case, by any of its numbers. This kiosk's own cases are found without the platform. From here on
   * the pages and fields of the visit are the supplement's.
   */
  begin: visit
    .errors({
      UNKNOWN_NUMBER: {},
      PLATFORM_UNREACHABLE: {},
      /** Nothing is asked for just now. */
      NOTHING_ASKED: {},
      /** The case is somebody else's. */
      NOT_THE_APPLICANT: {},
      /** This notice was answered here. */
      ALREADY_HANDED_IN: { data: z.strictObject({ at: z.string() }) },
      /** The item is no longer in this hall's catalogue: staff take it. */
      UNKNOWN_ITEM: {},
    })
    .input(z.strictObject({ number: z.string().trim().min(4).max(64) }))
    .output(supplementView),
  /** The same as it is now. */
  view: visit.output(supplementView),
  /** Commits it to disk, then answers; it is sent when the platform is there. Answers the same again when repeated. */
  handIn: visit
    .errors({
      INCOMPLETE: { data: z.strictObject({ missing: z.array(z.string()) }) },
      STORE_FAILED,
    })
    .output(
      handedIn.pick({ provisionalNumber: true, handedInAt: true, itemName: true, phone: true }).extend({
        /** Whether `receipt` prints what was handed in: only for a case that began here. */
        hasReceipt: z.boolean(),
      }),
    ),
};
