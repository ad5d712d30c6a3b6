import { z } from 'zod';
import { kioskRead } from './citizen-call.ts';
import { documentExample, resultsExample } from './hall-examples.ts';

const kioskId = z.string().trim().min(1).max(64);
const hallCode = z.string().regex(/^\d{6,12}$/);

/** A line of 结果公示: see `src/domain/public-result.ts` for what is in it. */
export const publicResultLine = z.object({
  numberEnd: z.string(),
  itemName: z.string(),
  department: z.string(),
  applicant: z.string(),
  decidedOn: z.iso.date(),
});
/** The newest first. */
export const publicResultPage = z.object({
  results: z.array(publicResultLine),
  /** Where the next page begins; absent on the last one. */
  next: z.int().positive().optional(),
});
export type PublicResultPage = z.infer<typeof publicResultPage>;

/** The number that is printed on a decision or certificate. */
export const documentNumber = z.string().regex(/^[A-Za-z0-9-]{4,40}$/);
/** With the SHA-256 in hex of the file as it is at hand. */
const documentAtHand = {
  document: documentNumber,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};
/** Whether a document is as an office sealed it. */
export const documentVerdict = z.object({
  valid: z.boolean(),
  flaw: z
    .enum([
      /** An office sealed a document of that number, and it said something else. */
      'content-changed',
      'unknown-document',
    ])
    .optional(),
  /** What was sealed under that number, and when. Never for whom. */
  sealed: z.object({ name: z.string(), seal: z.string(), at: z.iso.datetime({ offset: true }) }).optional(),
});
export type DocumentVerdict = z.infer<typeof documentVerdict>;

/** What everybody may know of results, without saying who they are. */
export const resultCalls = {
  publicResults: kioskRead
    .route({ method: 'POST', path: '/results', summary: 'What was granted in a hall, with personal data masked' })
    .input(
      z.strictObject({ kioskId, hallCode, before: z.int().positive().optional() }).meta({ examples: [resultsExample] }),
    )
    .output(publicResultPage),
  checkDocument: kioskRead
    .route({
      method: 'POST',
      path: '/results/seal-checks',
      summary: 'Whether a document of a result is as an office sealed it; the document itself is not sent',
    })
    .input(z.strictObject({ kioskId, ...documentAtHand }).meta({ examples: [documentExample] }))
    .output(documentVerdict),
};
