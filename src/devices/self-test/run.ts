import type { Clock } from '../../contract/clock.ts';
import type { DeviceClass } from '../../contract/device-classes.ts';
import type { SelfTestEvent, SelfTestOptions, SelfTestResult, SelfTestStepResult } from '../../contract/self-test.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Result } from '../../domain/result.ts';
import type { TestLease } from '../lease.ts';
import type { ManagedDevice } from '../managed-device.ts';
import type { Outcome, TestStep } from './steps.ts';
import { ASK_LIMIT_MS } from '../limits.ts';
import { stepsFor } from './steps.ts';

export interface SelfTestDeps {
  readonly clock: Clock;
  readonly log: EventLog;
}

type Emit = (event: SelfTestEvent) => void;

/**
 * Tries a device step by step, tells of each, and lets the device draw the conclusions. Without a result when the caller
 * leaves.
 */
export async function selfTest(
  device: ManagedDevice,
  options: SelfTestOptions,
  { clock, log }: SelfTestDeps,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const { id, class: kind, driver } = device.view;
  const run = new Run(id, emit);
  const startedAt = clock.now().toISOString();
  const borrowed = await run.line(() => device.borrowForTest(kind, signal));
  if (borrowed) {
    try {
      await tryAll(run, kind, borrowed, options, signal);
    } finally {
      await borrowed.release({ use: 'aside' });
    }
  }
  if (signal.aborted) return;
  const { verdict, reason } = run.judge();
  const summary = {
    endedAt: clock.now().toISOString(),
    attended: options.attended,
    verdict,
    ...(reason === undefined ? {} : { reason }),
  };
  const result = { device: id, class: kind, driver, startedAt, ...summary, steps: run.steps };
  log('devices.self-tested', { device: id, verdict, ...(reason === undefined ? {} : { reason }) });
  await device.settleTest(summary);
  emit({ kind: 'ended', device: id, result });
}

async function tryAll<C extends DeviceClass>(
  run: Run,
  kind: C,
  lease: TestLease<C>,
  options: SelfTestOptions,
  signal: AbortSignal,
): Promise<void> {
  const known = await lease.ask(async (device) => device.cannotBeAsked === true, ASK_LIMIT_MS);
  const probe = async (): Promise<Outcome> => {
    const answer = await lease.probe();
    if (!answer.ok) return { outcome: 'failed', reason: answer.reason };
    return known.ok && known.value ? { outcome: 'skipped', reason: 'cannot-be-asked' } : { outcome: 'passed' };
  };
  const answer = await run.step({ step: 'answer', attended: false, optional: true, try: probe });
  if (answer === 'failed') return;
  for (const step of await stepsFor(kind, lease, options)) {
    if (signal.aborted) return;
    if (!step.attended || options.attended) await run.step(step);
  }
}

/** The steps so far. */
class Run {
  readonly steps: SelfTestStepResult[] = [];
  readonly #device: string;
  readonly #emit: Emit;
  #missed: SelfTestStepResult | undefined;

  constructor(device: string, emit: Emit) {
    this.#device = device;
    this.#emit = emit;
  }

  /** The first step: to get hold of the device at all. */
  async line<C extends DeviceClass>(borrow: () => Promise<Result<TestLease<C>>>): Promise<TestLease<C> | undefined> {
    let lease: TestLease<C> | undefined;
    const open = async (): Promise<Outcome> => {
      const borrowed = await borrow();
      if (borrowed.ok) lease = borrowed.value;
      if (borrowed.ok) return { outcome: 'passed' };
      return { outcome: borrowed.reason === 'busy' ? 'skipped' : 'failed', reason: borrowed.reason };
    };
    await this.step({ step: 'line', attended: false, optional: false, try: open });
    return lease;
  }

  async step({ step, subject, attended, optional, try: attempt }: TestStep): Promise<SelfTestStepResult['outcome']> {
    const about = { step, ...(subject === undefined ? {} : { subject }) };
    this.#emit({ kind: 'step', device: this.#device, ...about, attended });
    const result = { ...about, ...(await attempt()) };
    this.steps.push(result);
    if (result.outcome === 'skipped' && !optional) this.#missed ??= result;
    this.#emit({ kind: 'step-ended', device: this.#device, ...result });
    return result.outcome;
  }

  judge(): Pick<SelfTestResult, 'verdict' | 'reason'> {
    const failure = this.steps.find(({ outcome }) => outcome === 'failed');
    const decisive = failure ?? this.#missed;
    if (!decisive) return { verdict: 'passed' };
    const verdict = failure ? 'failed' : 'incomplete';
    return decisive.reason === undefined ? { verdict } : { verdict, reason: decisive.reason };
  }
}
