import { describe, expect, it } from 'vitest';
import { caseStages, stageState } from './stages.ts';

describe('stages of a case', () => {
  it('shows what is done, what goes on and what is to come', () => {
    expect(caseStages.map((stage) => stageState(stage, 'reviewing'))).toEqual([
      'done',
      'done',
      'now',
      'later',
      'later',
    ]);
    expect(caseStages.map((stage) => stageState(stage, 'applied'))).toEqual([
      'now',
      'later',
      'later',
      'later',
      'later',
    ]);
    expect(caseStages.map((stage) => stageState(stage, 'delivered'))).toEqual(['done', 'done', 'done', 'done', 'now']);
  });

  it('claims no stage for a case that is not sent yet or needs staff', () => {
    expect(caseStages.map((stage) => stageState(stage, 'waiting-to-send'))).not.toContain('now');
    expect(caseStages.map((stage) => stageState(stage, 'needs-staff'))).not.toContain('done');
    expect(new Set(caseStages.map((stage) => stageState(stage, 'unknown')))).toEqual(new Set(['later']));
  });
});
