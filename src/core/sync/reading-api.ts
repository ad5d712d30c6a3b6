import { ContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { caseProgress, platformApi } from '../../contract/platform-api.ts';

/** A newer platform may have words for a stage, an outcome or a step that this kiosk does not know: the rest is understood all the same. */
const readProgress = caseProgress.extend({
  stage: z.union([caseProgress.shape.stage, z.literal('unknown')]).catch('unknown'),
  result: caseProgress.shape.result.catch(undefined),
  trail: caseProgress.shape.trail.catch(undefined),
  waitsFor: caseProgress.shape.waitsFor.catch(undefined),
  parts: caseProgress.shape.parts.catch(undefined),
  instant: caseProgress.shape.instant.catch(undefined),
  instantParts: caseProgress.shape.instantParts.catch(undefined),
});
export type ReadProgress = z.infer<typeof readProgress>;

/**
 * The contract as a kiosk reads it. Where an answer has one of several words, a word that came with a later version must not
 * make it unreadable. Reasons of refusals need nothing here: one that is not known counts as `rejected`.
 */
export const readingApi = {
  ...platformApi,
  progress: new ContractProcedure({ ...platformApi.progress['~orpc'], outputSchema: readProgress }),
};
