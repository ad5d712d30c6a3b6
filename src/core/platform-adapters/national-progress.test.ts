import { expect, test } from 'vitest';
import { nationalSteps } from '../../domain/case/national-steps.ts';
import { foundCase, progressOf } from './national-progress.ts';

const found = {
  applyNo: 'YS-WL01-261122-0001-N',
  projectNo: '370000000001',
  taskName: '高龄津贴',
  deptName: '示例县民政局',
  applyTime: '20261122T093000',
  receiveTime: '20261122T093500',
  proStatus: '2',
};
const stageOf = (change: object) => progressOf(foundCase.parse({ ...found, ...change })).stage;

test('the last step tells the stage, by each name that GB/T 39046 steps have here', () => {
  const stages = Object.values(nationalSteps).map(({ name }) =>
    stageOf({ steps: [{ stepName: name }], proStatus: '9' }),
  );
  expect(stages).not.toContain('unknown');
  const names = ['收件', '受理', '审查', '决定', '送达'];
  expect(names.map((stepName) => stageOf({ steps: [{ stepName: '收件' }, { stepName }] }))).toEqual([
    'applied',
    'accepted',
    'reviewing',
    'decided',
    'delivered',
  ]);
});

test('where no step of ours is told the three states do, and another state is none we know', () => {
  expect(['1', '2', '3', '4'].map((proStatus) => stageOf({ proStatus }))).toEqual([
    'applied',
    'reviewing',
    'decided',
    'unknown',
  ]);
  expect(stageOf({ steps: [{ stepName: '踏勘' }] })).toBe('reviewing');
  expect(foundCase.safeParse({ ...found, receiveTime: '2026-11-22' }).success).toBe(false);
});
