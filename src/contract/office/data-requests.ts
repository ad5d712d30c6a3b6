import { z } from 'zod';
import { officeHeaders, officer, officeRead, officeWrite } from './office-call.ts';

const words = z.string().trim().min(1).max(60);

/**
 * 数据核查, in two ways: where a register knows it, the answer is there at once; else the department that has it is asked and
 * answers later. Nobody waits at a counter or a kiosk for that: progress shows that it was asked, and then what was said.
 */
export const dataRequestsCalls = {
  ask: officeWrite(['unknown-case', 'asked-before'])
    .route({
      method: 'POST',
      path: '/data-requests/ask',
      summary: 'Ask for something about the applicant of a case',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({
          officer,
          caseId: z.uuid(),
          /** As registers call it, such as `age`. */
          fact: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/),
          /** The same in plain words, for the applicant and the department. */
          name: words,
          /** Who is asked when no register knows it. */
          department: words,
        }),
      }),
    )
    .output(
      z.discriminatedUnion('way', [
        z.object({ way: z.literal('immediate'), value: z.union([z.string(), z.number(), z.boolean()]) }),
        z.object({ way: z.literal('department-asked'), requestId: z.uuid() }),
      ]),
    ),
  open: officeRead
    .route({ method: 'POST', path: '/data-requests/open', summary: 'What a department was asked and has not answered' })
    .input(z.strictObject({ department: words }))
    .output(
      z.object({
        requests: z.array(
          z.object({
            requestId: z.uuid(),
            caseNumber: z.string(),
            name: z.string(),
            /** Masked; the number is whole, since nothing can be looked up without it. */
            applicant: z.string(),
            idNumber: z.string(),
            askedAt: z.iso.datetime({ offset: true }),
          }),
        ),
      }),
    ),
  answer: officeWrite(['unknown-request', 'answered-before'])
    .route({
      method: 'POST',
      path: '/data-requests/answer',
      summary: 'Answer one; the kiosk that the case came from is told',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, requestId: z.uuid(), outcome: z.enum(['confirmed', 'not-found']) }),
      }),
    )
    .output(z.object({ recordedAt: z.iso.datetime({ offset: true }) })),
};
