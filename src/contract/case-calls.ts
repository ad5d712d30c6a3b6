import { z } from 'zod';
import { officeHeaders, officeWrite } from './office/office-call.ts';
import { caseExample } from './platform-examples.ts';
import { instant } from './word.ts';

/** What an applicant does with a case at a kiosk after it was handed in. */

const text = z.string().trim().min(1).max(64);

/** Why the platform does not do what an applicant asks for about a case. */
const ownCaseReasons = [
  'unknown-case',
  /** The identity number is not the applicant's. */
  'not-the-applicant',
  'case-is-over',
  /** Nothing has to be supplied just now; it is decided already; or what was decided is being made. */
  'not-from-here',
] as const;
const supplyReasons = [
  ...ownCaseReasons,
  /** Something that the notice does not ask for. */
  'not-asked-for',
  'nothing-supplied',
  /** A page that came before, with this case or another. */
  'content-differs',
] as const;
const reviewReasons = [
  ...ownCaseReasons,
  /** No rules decided this case. */
  'not-decided-by-rules',
  /** A person looked at it already. */
  'reviewed-before',
] as const;

/** Any of the reasons above, as core hears of them. */
export const ownCaseReason = z.enum([...new Set([...supplyReasons, ...reviewReasons])]);
export type OwnCaseReason = z.infer<typeof ownCaseReason>;

/**
 * By whom, and about which case: by any of its numbers, from any kiosk of the fleet. The identity number is the one of the
 * card that was read; a number alone, which stands on a receipt, moves nothing.
 */
const ownCase = {
  kioskId: text,
  number: text,
  idNumber: text,
};
const example = { kioskId: caseExample.kioskId, number: caseExample.provisionalNumber };
const person = { idNumber: caseExample.applicant.idNumber };

/** 补正: what a notice asked for. Pages are announced here and uploaded as those of a new case. */
export const suppliedContent = z.strictObject({
  situations: z.record(z.string(), z.string()),
  fields: z.record(z.string(), z.string()),
  /** They take the place of what was handed in of that material. */
  materials: z.array(
    z.strictObject({
      id: text,
      pages: z.array(z.strictObject({ id: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
    }),
  ),
});
export type SuppliedContent = z.infer<typeof suppliedContent>;

export const caseSupply = z
  .strictObject({
    ...ownCase,
    ...suppliedContent.shape,
    /** Which notice it answers, when that was said: `not-from-here` once another one is open, or none. */
    noticeGivenAt: instant.optional(),
  })
  .meta({ examples: [{ ...example, ...person, situations: {}, fields: { phone: '13900000001' }, materials: [] }] });
export type CaseSupply = z.infer<typeof caseSupply>;

const ownCaseRequest = z.strictObject(ownCase).meta({ examples: [{ ...example, ...person }] });
export type OwnCaseRequest = z.infer<typeof ownCaseRequest>;

/** `caseId`: what the upload of an announced page names. */
export const ownCaseAnswer = z.object({ caseId: z.uuid(), at: instant });
export type OwnCaseAnswer = z.infer<typeof ownCaseAnswer>;

export const caseCalls = {
  supplyCase: officeWrite(supplyReasons)
    .route({
      method: 'POST',
      path: '/cases/supply',
      summary: 'Hand in what a notice asked for',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: caseSupply }))
    .output(ownCaseAnswer),
  askCaseReview: officeWrite(reviewReasons)
    .route({
      method: 'POST',
      path: '/cases/review',
      summary: 'Have a person look at a decision that rules made',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: officeHeaders, body: ownCaseRequest }))
    .output(ownCaseAnswer),
  withdrawCase: officeWrite(ownCaseReasons)
    .route({ method: 'POST', path: '/cases/withdraw', summary: 'Withdraw a case', inputStructure: 'detailed' })
    .input(z.object({ headers: officeHeaders, body: ownCaseRequest }))
    .output(ownCaseAnswer),
};
