import type { CaseEvent } from './states.ts';

/**
 * How a step is written in the data set 事项办理 of GB/T 39046-2020 (table 7): 环节名称 and 业务动作. The standard lists
 * three actions (通过、退回、其他) without saying which step has which; here 退回 is what sends the application back to
 * the applicant. 环节办理状态代码 is always 2 (已办), since only what happened is reported.
 */
export const nationalSteps: Readonly<
  Record<CaseEvent, { readonly name: string; readonly action: '通过' | '退回' | '其他' }>
> = {
  'ask-supplement': { name: '补正告知', action: '退回' },
  supply: { name: '补正', action: '其他' },
  accept: { name: '受理', action: '通过' },
  'refuse-acceptance': { name: '不予受理', action: '退回' },
  'start-review': { name: '审查', action: '其他' },
  'start-special-procedure': { name: '特别程序', action: '其他' },
  'end-special-procedure': { name: '特别程序', action: '通过' },
  extend: { name: '延长审批', action: '其他' },
  approve: { name: '决定', action: '通过' },
  reject: { name: '决定', action: '退回' },
  'ask-review': { name: '人工复核', action: '其他' },
  'make-certificate': { name: '制证', action: '通过' },
  deliver: { name: '送达', action: '通过' },
  close: { name: '办结', action: '通过' },
  withdraw: { name: '撤回', action: '其他' },
};
