import { z } from 'zod';
import { networkAnswers } from '../domain/proofs/substitution.ts';
import { citizenAsk } from './citizen-call.ts';
import { purposeBound } from './purpose-bound.ts';

/** 网络核验 in place of a paper (六个一律): for one material of one case, before it is handed in. */
export const networkCheckCalls = {
  checkMaterial: citizenAsk([
    /** The item does not say that this material may be checked so. */
    'not-checkable',
  ])
    .route({
      method: 'POST',
      path: '/network-checks',
      summary: 'Whether a register confirms what a material of the person at the kiosk would show, for one purpose',
      inputStructure: 'detailed',
    })
    .input(purposeBound)
    /**
     * Who said it, or which department was asked and answers later (P-13): asked again, the same. Without a check nobody could
     * say, and the next of the item's substitutes it is.
     */
    .output(
      z.object({ check: z.object({ answer: z.enum(networkAnswers), source: z.string().min(1).max(60) }).optional() }),
    ),
};
