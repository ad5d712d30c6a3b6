import type { MachineTestResult, SelfTestStepResult } from '../../contract/self-test.ts';
import { CLOCK_DRIFT_LIMIT_MS, DISK_LOW_BYTES } from '../limits.ts';
import type { Outcome } from '../sync/outcome.ts';

type Tried = Pick<SelfTestStepResult, 'outcome' | 'reason' | 'subject'>;

export const passed = (subject?: string): Tried => ({ outcome: 'passed', ...(subject !== undefined && { subject }) });
export const failed = (reason: string, subject?: string): Tried => ({
  outcome: 'failed',
  reason,
  ...(subject !== undefined && { subject }),
});
export const skipped = (reason: string): Tried => ({ outcome: 'skipped', reason });

/** One question to the platform, and when it was asked and answered. */
export interface Asked {
  readonly answer: Outcome<{ readonly time: string }>;
  readonly askedAt: number;
  readonly answeredAt: number;
}

export function judgeNetwork({ answer }: Asked): Tried {
  return answer.kind === 'done' ? passed() : failed(answer.reason);
}

/** The platform looked at its clock between question and answer; in the middle is the best guess, off by half of it at most. */
export function judgeClock({ answer, askedAt, answeredAt }: Asked): Tried {
  if (answer.kind !== 'done') return skipped('no-answer');
  const ahead = (askedAt + answeredAt) / 2 - Date.parse(answer.value.time);
  const certain = Math.abs(ahead) - (answeredAt - askedAt) / 2;
  const seconds = Math.round(ahead / 1_000);
  const subject = `${seconds > 0 ? '+' : ''}${seconds} s`;
  return certain > CLOCK_DRIFT_LIMIT_MS ? failed('clock-off', subject) : passed(subject);
}

export function judgeDisk(free: number): Tried {
  const subject = `${Math.floor(free / 1_000_000)} MB`;
  return free < DISK_LOW_BYTES ? failed('disk-low', subject) : passed(subject);
}

export function judgeOutputs(outputs: number): Tried {
  return outputs === 0 ? failed('no-output') : passed(String(outputs));
}

/** As for devices: what failed decides, else what was missed. */
export function judge(steps: readonly SelfTestStepResult[]): Pick<MachineTestResult, 'verdict' | 'reason'> {
  const failure = steps.find(({ outcome }) => outcome === 'failed');
  const decisive = failure ?? steps.find(({ outcome }) => outcome === 'skipped');
  if (!decisive) return { verdict: 'passed' };
  const verdict = failure ? 'failed' : 'incomplete';
  return decisive.reason === undefined ? { verdict } : { verdict, reason: decisive.reason };
}
