import { z } from 'zod';
import { citizenRead } from './citizen-call.ts';
import { purposeBound } from './purpose-bound.ts';

/** What the credit service says of somebody, as far as written commitments depend on it (国办发〔2020〕42号). */
const creditStanding = z.object({
  seriousDishonesty: z.boolean(),
  /** A commitment that turned out to be false. */
  falseCommitment: z.boolean(),
  /** 信用修复: both of the above no longer count. */
  repaired: z.boolean(),
});

export const creditCalls = {
  creditStanding: citizenRead
    .route({
      method: 'POST',
      path: '/credit-standing',
      summary: 'Whether the person at the kiosk may commit in writing in place of a proof, for one purpose',
      inputStructure: 'detailed',
    })
    .input(purposeBound)
    /** Without a standing the service does not answer, and no commitment is offered. */
    .output(z.object({ standing: creditStanding.optional() })),
};
