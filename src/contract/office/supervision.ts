import { z } from 'zod';
import { caseEvent } from '../../domain/case/states.ts';
import { officeRead } from './office-call.ts';

/**
 * One step of a case as 电子监察 gets it: named and coded as the data set 事项办理 of GB/T 39046-2020 has it, with the limit
 * it was done under. Nothing about the person, and nothing that was written for or by anybody.
 */
export const supervisedStep = z.strictObject({
  /** From 1 for each hall, without gaps. */
  sequence: z.int().positive(),
  /** 办件编号 */
  caseNumber: z.string(),
  /** 实施编码 */
  itemCode: z.string(),
  /** Credit code of the department. */
  office: z.string(),
  /** Ours; `receive` is 收件. */
  event: z.union([caseEvent, z.literal('receive')]),
  /** 环节名称 */
  stepName: z.string(),
  /** 业务动作 */
  action: z.enum(['通过', '退回', '其他']),
  /** 环节办理状态代码: 2 已办, since only what happened is reported. */
  stepState: z.literal('2'),
  at: z.iso.datetime({ offset: true }),
  by: z.enum(['applicant', 'department', 'rules']),
  /** Ids and versions of the published rules that a 补正告知 rests on. */
  rules: z.array(z.string()),
  /** The last day this step could be done on in time; absent when no limit ran. */
  dueDay: z.iso.date().optional(),
  /** 办件预警 as it was when the step was done: red is late. */
  colour: z.enum(['none', 'yellow', 'red', 'stopped']).optional(),
  /** The last day for what comes next. */
  nextDueDay: z.iso.date().optional(),
});
export type SupervisedStep = z.infer<typeof supervisedStep>;

/** What supervision reads; a list for each hall. */
export const supervisionCalls = {
  steps: officeRead
    .route({
      method: 'POST',
      path: '/supervision/steps',
      summary: "Every step of a hall's cases, in order, after a cursor",
    })
    .input(
      z.strictObject({
        hallCode: z.string().regex(/^\d{6,12}$/),
        /** The sequence that was read last; 0 at the beginning. */
        after: z.int().nonnegative(),
      }),
    )
    .output(z.object({ steps: z.array(supervisedStep), more: z.boolean() })),
};
