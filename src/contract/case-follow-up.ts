import { z } from 'zod';
import { caseEvent } from '../domain/case/states.ts';
import { instant } from './word.ts';

/**
 * What came of an application decided by rules (秒批), in plain words: every rule as it was published and whether it held.
 * Without the facts that it looked at, since whoever has the number of a case reads this.
 */
const instantAnswer = z.object({
  decision: z.enum(['approved', 'refused', 'human-review']),
  decidedAt: instant,
  /** Version of the item's rules. */
  ruleVersion: z.int().positive(),
  trace: z.array(z.object({ says: z.string(), outcome: z.enum(['holds', 'fails', 'unknown']) })),
  /** The applicant may have a person look at it (个人信息保护法 art. 24). */
  mayAskReview: z.boolean(),
});

/** What a person who asks after a case is told of its course. Absent as long as no office has it in hand. */
export const caseFollowUp = z.object({
  /** 实施编码 of its item. */
  itemCode: z.string().optional(),
  /** 全程留痕: all steps so far, oldest first. `rules`: the platform made it by published rules. */
  trail: z
    .array(
      z.object({
        event: caseEvent,
        at: instant,
        by: z.enum(['applicant', 'department', 'rules']),
        /** Of an 一件事: the number of the part that it is a step of. */
        part: z.string().optional(),
      }),
    )
    .optional(),
  waitsFor: z.enum(['applicant', 'department', 'nobody']).optional(),
  /** YYYY-MM-DD: the last day for the step that the office is at. */
  dueDay: z.iso.date().optional(),
  instant: instantAnswer.optional(),
  /** Of an 一件事: the same for each part that rules of its own item decided. A review is asked for under the part's number. */
  instantParts: z.array(instantAnswer.extend({ part: z.string() })).optional(),
});
export type CaseFollowUp = z.infer<typeof caseFollowUp>;
