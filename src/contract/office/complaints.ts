import { z } from 'zod';
import { enquiryKinds } from '../../domain/enquiry/enquiry.ts';
import { enquiryState } from '../enquiry-calls.ts';
import { officer, officeHeaders, officeRead, officeWrite } from './office-call.ts';
import { instant } from '../word.ts';

const day = z.iso.date();
const words = z.string().trim().max(2_000);

/**
 * An enquiry in the list: what and until when, neither its words nor who wrote it. Fields after GB/T 39046-2020, table 10
 * (承诺时限、延期时限、延期原因、超期天数).
 */
export const enquiryEntry = z.object({
  id: z.uuid(),
  kind: z.enum(enquiryKinds),
  hallCode: z.string(),
  /** The hall that a complaint is about. */
  concerns: z.string().optional(),
  itemCode: z.string().optional(),
  submittedAt: instant,
  receivedAt: instant,
  limit: z.object({ amount: z.int().positive(), unit: z.enum(['working-days', 'calendar-days']) }),
  extension: z.object({ days: z.int().positive(), reason: z.string() }).optional(),
  dueDay: day,
  state: enquiryState,
  overdueDays: z.int().nonnegative(),
  /** `yellow` a working day before the last one and on it, `red` after it. */
  warning: z.enum(['none', 'yellow', 'red']),
  /** The person wants to be called. */
  hasContact: z.boolean(),
});
export type EnquiryEntry = z.infer<typeof enquiryEntry>;

const enquiryAct = z.enum(['contact-read', 'extended', 'answered']);
export type EnquiryAct = z.infer<typeof enquiryAct>;

const enquiryDetail = enquiryEntry.extend({
  text: z.string(),
  answer: z.object({ text: z.string(), at: instant }).optional(),
  trail: z.array(z.object({ at: instant, officer, act: enquiryAct })),
});
export type EnquiryDetail = z.infer<typeof enquiryDetail>;

const read = officeRead.errors({ OTHER_DEVICE: { status: 403 } });
/** 404 also for a complaint about the hall of the office that asks: that there is one is not for it to know. */
const readOne = read.errors({ UNKNOWN_ENQUIRY: { status: 404 } });
const one = z.strictObject({ officer, id: z.uuid() });

/**
 * Consultations and complaints for those who answer them. A complaint about a hall is hidden from all offices of that hall:
 * it is in none of their lists, and every call with its id answers as if there were none.
 */
export const complaintCalls = {
  list: read
    .route({ method: 'POST', path: '/complaints/list', summary: 'Enquiries by their last day, a page at a time' })
    .input(
      z.strictObject({
        officer,
        /** `due-soon`: without an answer, and yellow or red. */
        which: z.enum(['all', 'open', 'due-soon']),
        after: z.uuid().optional(),
      }),
    )
    .output(z.object({ enquiries: z.array(enquiryEntry), more: z.boolean() })),
  read: readOne
    .route({ method: 'POST', path: '/complaints/read', summary: 'One enquiry with its words and what was done' })
    .input(one)
    .output(enquiryDetail),
  contact: readOne
    .errors({ NO_CONTACT: { status: 404 } })
    .route({ method: 'POST', path: '/complaints/contact', summary: 'Whom to call about it; who asks is written down' })
    .input(one)
    .output(z.object({ name: z.string().optional(), phone: z.string() })),
  extend: officeWrite(['unknown-enquiry', 'answered-already', 'extended-before', 'too-late', 'no-reason'])
    .route({
      method: 'POST',
      path: '/complaints/extensions',
      summary: 'Take longer, once, with a reason that the person reads',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, id: z.uuid(), days: z.int().min(1).max(60), reason: words }),
      }),
    )
    .output(enquiryEntry),
  answer: officeWrite(['unknown-enquiry', 'answered-already', 'no-words'])
    .route({
      method: 'POST',
      path: '/complaints/answers',
      summary: 'Answer; read by whoever has the code, so without names',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: z.strictObject({ officer, id: z.uuid(), text: words }) }))
    .output(enquiryEntry),
};
