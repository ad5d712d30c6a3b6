import type { DiagnosisEvent, Frame } from '../../../contract/diagnosis.ts';
import type { SelfTestResult, SelfTestStepResult } from '../../../contract/self-test.ts';
import { assertNever } from '../../../domain/result.ts';

type Step = Extract<DiagnosisEvent, { readonly kind: 'step' }>;

/** One test of a device as far as it has come. */
export interface Trial {
  readonly steps: readonly SelfTestStepResult[];
  /** What is being tried now. */
  readonly now: Step | undefined;
  readonly frames: readonly Frame[];
  readonly isWhole: boolean;
  /** `broken`: it ended without a result. */
  readonly result: SelfTestResult | 'broken' | undefined;
}

export const nothing: Trial = { steps: [], now: undefined, frames: [], isWhole: true, result: undefined };

export function follow(trial: Trial, event: DiagnosisEvent): Trial {
  switch (event.kind) {
    case 'step':
      return { ...trial, now: event };
    case 'step-ended': {
      const { kind: _kind, device: _device, ...step } = event;
      return { ...trial, now: undefined, steps: [...trial.steps, step] };
    }
    case 'traffic':
      return { ...trial, frames: event.frames, isWhole: event.isWhole };
    case 'ended':
      return { ...trial, now: undefined, result: event.result };
    default:
      return assertNever(event);
  }
}
