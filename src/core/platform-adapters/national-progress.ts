import { z } from 'zod';
import { matterStateCodes, type MatterState } from '../../domain/codes/case-codes.ts';
import { nameOf } from '../../domain/codes/codebook.ts';
import { readCompactTime } from '../../domain/case/national-application.ts';
import type { ReadProgress } from '../sync/reading-api.ts';

/** YYYYMMDDThhmmss, as GB/T 39046-2020 writes times; read as ISO 8601 with the hall's offset. */
export const compactTime = z.string().transform((text, context) => {
  const instant = readCompactTime(text);
  if (instant === undefined) context.addIssue({ code: 'custom', message: 'no time of GB/T 39046' });
  return instant ?? '';
});

/** Where a case stands, of the national style. `steps`: what was done so far, oldest first (data set 事项办理, table 7). */
export const foundCase = z.object({
  applyNo: z.string(),
  projectNo: z.string(),
  taskName: z.string(),
  deptName: z.string(),
  applyTime: compactTime,
  receiveTime: compactTime,
  proStatus: z.string(),
  steps: z.array(z.object({ stepName: z.string() })).default([]),
});

type Stage = ReadProgress['stage'];

/** 环节名称 of the steps that we know, those of the reference platform's supervision feed among them. */
const stageAfter: ReadonlyMap<string, Stage> = new Map<string, Stage>([
  ['收件', 'applied'],
  ['补正告知', 'applied'],
  ['补正', 'applied'],
  ['受理', 'accepted'],
  ['不予受理', 'decided'],
  ['审查', 'reviewing'],
  ['特别程序', 'reviewing'],
  ['延长审批', 'reviewing'],
  ['人工复核', 'reviewing'],
  ['决定', 'decided'],
  ['制证', 'decided'],
  ['送达', 'delivered'],
  ['办结', 'delivered'],
  ['撤回', 'decided'],
]);
const stageIn = { waiting: 'applied', 'in-progress': 'reviewing', finished: 'decided' } as const satisfies Record<
  MatterState,
  Stage
>;

export function progressOf(found: z.infer<typeof foundCase>): ReadProgress {
  const { applyNo, projectNo, taskName, deptName, applyTime, receiveTime, proStatus, steps } = found;
  const state = nameOf(matterStateCodes, proStatus);
  return {
    provisionalNumber: applyNo,
    officialNumber: projectNo,
    itemName: taskName,
    department: deptName,
    handedInAt: applyTime,
    receivedAt: receiveTime,
    // Three states say less than the last step, but are there where the names of steps are others.
    stage: stageAfter.get(steps.at(-1)?.stepName ?? '') ?? (state.ok ? stageIn[state.value] : 'unknown'),
  };
}
