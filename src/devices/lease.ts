import type { DeviceClass } from '../contract/device-classes.ts';
import type { Result } from '../domain/result.ts';
import type { DeviceByClass, ProbeFailure } from './driver.ts';
import type { Session, SessionEnd } from './session.ts';
import { isOfClass } from './attach.ts';

export interface Use {
  /** What came of the loan. `unused`: it was left before it came to anything; `aside`: a self-test or the like, not counted. */
  readonly use: 'ok' | 'failed' | 'unused' | 'aside';
  /** It did not behave, so ask it at once how it is. */
  readonly suspect?: boolean;
}

/** Why the driver has nothing to say: the session ended under it, or it was told to leave. */
export type Cut = SessionEnd | 'left';

/** Sole use of a device until released. The driver is only ever reached through it, so that nothing it does goes further. */
export interface Lease<C extends DeviceClass> {
  readonly id: string;
  /** Aborted when somebody else takes the device over, it is disabled, or the borrower's own signal is. */
  readonly signal: AbortSignal;
  /** One question and its answer, within so many milliseconds; without a limit until the borrower leaves. */
  ask<T>(work: (device: DeviceByClass[C], leave: AbortSignal) => Promise<T>, limitMs?: number): Promise<Result<T, Cut>>;
  /** Hands on each value until the driver has no more, or has to leave. */
  follow<T>(
    open: (device: DeviceByClass[C], leave: AbortSignal) => AsyncIterable<T>,
    onValue: (value: T) => void,
  ): Promise<Result<undefined, Cut>>;
  /** Clears the device's buffers and gives it back. */
  release(use: Use): Promise<void>;
}

/** A loan for a self-test, which also asks the device how it is. */
export interface TestLease<C extends DeviceClass> extends Lease<C> {
  probe(): Promise<Result<undefined, ProbeFailure>>;
}

/** Throws for a session of another class: who lends goes by the class of the configuration, which the driver has. */
export function leaseOf<C extends DeviceClass>(
  id: string,
  kind: C,
  session: Session,
  lost: AbortSignal,
  release: (use: Use) => Promise<void>,
): TestLease<C> {
  const { attached } = session;
  if (!attached || !isOfClass(attached, kind)) throw new Error('a device of another class was asked for');
  const { device } = attached;
  return {
    id,
    signal: lost,
    ask: (work, limitMs) => session.run((leave) => work(device, leave), lost, limitMs),
    follow: (open, onValue) =>
      session.run(async (leave): Promise<undefined> => {
        for await (const value of open(device, leave)) if (!session.isOver) onValue(value);
      }, lost),
    probe: () => session.probe(),
    release,
  };
}
