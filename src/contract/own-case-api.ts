import { z } from 'zod';
import { ownCaseReason } from './case-calls.ts';
import { visit } from './core-call.ts';

/** Why the platform does not do what an applicant asks for; `refused`: for a reason that only a later version knows. */
export const ownCaseProblem = z.enum([...ownCaseReason.options, 'refused']);

/**
 * The right to have a person look at what rules decided (个人信息保护法 art. 24). By the number of the case and the card that
 * was read: a number alone moves nothing. It needs the platform, whose decision it is.
 */
export const askReview = visit
  .errors({ PLATFORM_UNREACHABLE: {}, REFUSED: { data: z.strictObject({ reason: ownCaseProblem }) } })
  .input(z.strictObject({ number: z.string().trim().min(4).max(64) }))
  .output(z.strictObject({ at: z.string() }));
