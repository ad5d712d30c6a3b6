import type { Clock } from '../contract/clock.ts';
import type { DeviceSupplies } from '../contract/device-classes.ts';
import type { RatingLevel } from '../domain/rating.ts';
import type { Result } from '../domain/result.ts';
import { refused } from '../domain/result.ts';
import type { Attached } from './attach.ts';
import { attach } from './attach.ts';
import { containLink } from './contained-link.ts';
import type { DeviceLink, DriverModule, ProbeFailure } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { CLOSE_LIMIT_MS, LET_GO_MS, PROBE_LIMIT_MS, RESET_LIMIT_MS } from './limits.ts';
import { aborted, toDone, within } from './within.ts';

/** Why a device is no longer at work on a line. `given-up`: nobody wants it now. */
export type SessionEnd = 'unplugged' | 'driver-crashed' | 'driver-stuck' | 'given-up';

export interface SessionDeps {
  readonly driver: DriverModule;
  readonly profile: string;
  readonly address?: number | undefined;
  readonly link: DeviceLink;
  readonly clock: Clock;
  readonly onCondition: (condition: string | undefined) => void;
  readonly onSupplies: (supplies: DeviceSupplies) => void;
  /** Called once. `error` is the bug of a driver that crashed. */
  readonly onEnd: (end: SessionEnd, error?: unknown) => void;
}

const never = new AbortController().signal;

/**
 * One open line and the driver on it. Whatever the driver does, throw or never answer, ends this session and nothing
 * else; only a driver that never gives the processor back is beyond it, and for that the shell restarts the process.
 */
export class Session {
  readonly #deps: SessionDeps;
  readonly #over = new AbortController();
  #attached: Attached | undefined;
  #levels: RatingLevel[] | undefined;
  #end: SessionEnd | undefined;

  private constructor(deps: SessionDeps) {
    this.#deps = deps;
  }

  /** Puts the driver on the line. A driver that throws already here leaves a session that is over. */
  static begin(deps: SessionDeps): Session {
    const session = new Session(deps);
    const { driver, profile, address, link, clock } = deps;
    link.onClose(() => session.end('unplugged'));
    try {
      session.#attached = attach(driver, profile, {
        clock,
        ...(address === undefined ? {} : { address }),
        link: containLink(link, (error) => session.end('driver-crashed', error)),
        onCondition: (condition) => {
          if (!session.isOver) deps.onCondition(condition);
        },
        onSupplies: (supplies) => {
          if (!session.isOver) deps.onSupplies(supplies);
        },
      });
      // Asked once, here, where a driver that throws ends its own session only.
      const attached = session.#attached;
      if (attached.class === 'rating-pad') session.#levels = [...attached.device.levels];
    } catch (error) {
      session.end('driver-crashed', error);
    }
    return session;
  }

  /** Nothing for a driver that crashed before it was one. */
  get attached(): Attached | undefined {
    return this.#attached;
  }

  /** Of a rating pad: what it has keys for. */
  get levels(): RatingLevel[] | undefined {
    return this.#levels;
  }

  /** Aborted when the session ends, for whatever reason. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** The first reason counts. */
  end(end: SessionEnd, error?: unknown): void {
    if (this.#end) return;
    this.#end = end;
    this.#deps.onEnd(end, error);
    this.#over.abort();
  }

  async probe(): Promise<Result<undefined, ProbeFailure>> {
    const device = this.#attached?.device;
    const asked = device && (await this.run((leave) => device.probe(leave), never, PROBE_LIMIT_MS));
    return asked?.ok ? asked.value : refused('no-answer');
  }

  async reset(): Promise<void> {
    const device = this.#attached?.device;
    if (device && !this.isOver) await this.run(() => device.reset(), never, RESET_LIMIT_MS);
  }

  /**
   * One thing asked of the driver. It may take `limitMs`, or for ever when there is none. Then, or when the caller leaves or
   * the session ends, it is told to leave and gets a moment to do so; a driver that does not is stuck. `left`: it did, and
   * had nothing to say.
   */
  async run<T>(
    work: (leave: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    limitMs?: number,
  ): Promise<Result<T, SessionEnd | 'left'>> {
    const leave = new AbortController();
    const finished = new AbortController();
    try {
      const begun = toDone(work(leave.signal));
      const first = await Promise.race([begun, this.#tellToLeave(leave, signal, finished.signal, limitMs)]);
      if (first) return first;
      const last = await within(this.#deps.clock, LET_GO_MS, begun);
      if (last) return last.value;
      this.end('driver-stuck');
      return refused(this.#end ?? 'left');
    } catch (error) {
      return this.#judge(error, leave.signal);
    } finally {
      finished.abort();
    }
  }

  /** Closes the line, even where closing hangs. */
  async close(): Promise<void> {
    this.end('given-up');
    await within(this.#deps.clock, CLOSE_LIMIT_MS, this.#deps.link.close());
  }

  async #tellToLeave(
    leave: AbortController,
    signal: AbortSignal,
    finished: AbortSignal,
    limitMs: number | undefined,
  ): Promise<undefined> {
    const left = aborted([signal, this.over], finished);
    if (limitMs === undefined) await left;
    else await within(this.#deps.clock, limitMs, left);
    leave.abort();
  }

  /** A line that is gone and a caller that left are no bugs, whichever way the driver says so. */
  #judge(error: unknown, leave: AbortSignal): Result<never, SessionEnd | 'left'> {
    const isExpected = error instanceof LinkClosed || (leave.aborted && error === leave.reason);
    if (!isExpected) this.end('driver-crashed', error);
    else if (!leave.aborted) this.end('unplugged');
    return refused(this.#end ?? 'left');
  }
}
