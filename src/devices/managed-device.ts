import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { DeviceClass, DeviceState, DeviceView } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { DeviceByClass, DeviceLink, DriverModule, OpenFailure, ProbeFailure } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { IDLE_PROBE_MS, PROBE_LIMIT_MS, RETRY_CAP_MS, RETRY_FIRST_MS } from './limits.ts';
import { Mutex } from './mutex.ts';
import type { Attached } from './attach.ts';
import { attach, isOfClass } from './attach.ts';

export interface ManagedDeviceDeps {
  readonly config: DeviceConfig;
  readonly driver: DriverModule;
  readonly open: () => Promise<Result<DeviceLink, OpenFailure>>;
  readonly clock: Clock;
  readonly log: EventLog;
  /** The view changed. */
  readonly onChange: () => void;
}

export type BorrowFailure = 'absent' | 'faulty' | 'busy';

type Phase = 'absent' | 'opening' | 'probing' | 'attached';

/** One open line and the driver on it. */
interface Session {
  readonly link: DeviceLink;
  readonly attached: Attached;
  /** Aborted when the line closes or the device is given up. */
  readonly ended: AbortSignal;
}

/** Sole use of a device until released. */
export interface Lease<C extends DeviceClass> {
  readonly id: string;
  readonly device: DeviceByClass[C];
  /** Aborted when somebody else takes the device over, or the borrower's own signal is. */
  readonly signal: AbortSignal;
  /** Clears the device's buffers and gives it back. `suspect`: it did not behave, so ask it at once how it is. */
  readonly release: (suspect: boolean) => Promise<void>;
}

/**
 * The life of one configured device: open its line, probe it, lend it out, notice when it goes, and begin again. Runs on
 * its own, so that a slow device holds up no other.
 */
export class ManagedDevice {
  readonly #deps: ManagedDeviceDeps;
  readonly #stopped = new AbortController();
  readonly #mutex = new Mutex();
  #phase: Phase = 'opening';
  #session: Session | undefined;
  /** Why it is absent or faulty. */
  #reason: string | undefined;
  /** Who asked last; loses the device when another one takes it over, or gives up waiting for it. */
  #asker: AbortController | undefined;
  #isLent = false;
  #shown: DeviceView;
  /** Ends the present pause early. */
  #nudge = new AbortController();

  constructor(deps: ManagedDeviceDeps) {
    this.#deps = deps;
    this.#shown = this.#view();
  }

  get view(): DeviceView {
    return this.#shown;
  }

  /** Ends after `stop`. */
  async run(): Promise<void> {
    const { signal } = this.#stopped;
    let failures = 0;
    while (!signal.aborted) {
      // Whoever asks for the device while it is opened and looked at for the first time waits for the outcome.
      const unlock = await this.#mutex.lock();
      const opened = await this.#deps.open();
      const session = opened.ok ? await this.#attach(opened.value) : undefined;
      unlock();
      if (session) {
        failures = 0;
        await this.#attend(session);
      }
      if (!signal.aborted) this.#become('absent', opened.ok ? 'unplugged' : opened.reason);
      await this.#pause(retryPause(failures), signal);
      failures += 1;
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /**
   * Lends the device out once it is at rest. A device that seemed faulty is asked anew first, so that paper put in a
   * moment ago counts. With `take-over` a present borrower loses it.
   */
  async borrow<C extends DeviceClass>(
    kind: C,
    signal: AbortSignal,
    whenLent: 'take-over' | 'refuse',
  ): Promise<Result<Lease<C>, BorrowFailure>> {
    if (this.#isLent && whenLent === 'refuse') return refused('busy');
    this.#asker?.abort();
    const asker = new AbortController();
    this.#asker = asker;
    const unlock = await this.#mutex.lock();
    const lendable = await this.#findLendable(kind, AbortSignal.any([asker.signal, signal]));
    if (!lendable.ok) {
      unlock();
      return lendable;
    }
    this.#isLent = true;
    this.#show();
    const release = async (suspect: boolean): Promise<void> => {
      await lendable.value.reset();
      this.#isLent = false;
      this.#show();
      unlock();
      if (suspect) this.#nudge.abort();
    };
    return done({
      id: this.#deps.config.id,
      device: lendable.value,
      signal: AbortSignal.any([asker.signal, signal]),
      release,
    });
  }

  async #findLendable<C extends DeviceClass>(
    kind: C,
    signal: AbortSignal,
  ): Promise<Result<DeviceByClass[C], BorrowFailure>> {
    if (this.#session && this.#reason !== undefined) await this.#probe(this.#session);
    if (signal.aborted) return refused('busy');
    const attached = this.#session?.attached;
    if (!attached || !isOfClass(attached, kind)) return refused('absent', this.#reason);
    return this.#reason === undefined ? done(attached.device) : refused('faulty', this.#reason);
  }

  /** Puts the driver on an open line and asks the device for the first time. */
  async #attach(link: DeviceLink): Promise<Session> {
    const closed = new AbortController();
    link.onClose(() => closed.abort());
    const attached = attach(this.#deps.driver, this.#deps.config.profile, {
      clock: this.#deps.clock,
      link,
      onCondition: (condition) => {
        if (this.#session?.link === link) this.#become(this.#phase, condition);
      },
    });
    const session = { link, attached, ended: AbortSignal.any([closed.signal, this.#stopped.signal]) };
    this.#session = session;
    this.#become('probing', undefined);
    await this.#probe(session);
    this.#become('attached', this.#reason);
    return session;
  }

  /** Asks the device now and then how it is, until its line is closed. */
  async #attend(session: Session): Promise<void> {
    let failures = 0;
    while (!session.ended.aborted) {
      failures = this.#reason === undefined ? 0 : failures + 1;
      await this.#pause(failures === 0 ? IDLE_PROBE_MS : retryPause(failures - 1), session.ended);
      if (session.ended.aborted || this.#isLent) continue;
      const unlock = await this.#mutex.lock();
      await this.#probe(session);
      unlock();
    }
    this.#session = undefined;
    await session.link.close();
  }

  async #probe(session: Session): Promise<void> {
    const finished = new AbortController();
    const overdue = this.#deps.clock.delay(PROBE_LIMIT_MS, finished.signal).then(noAnswer, noAnswer);
    const asked = session.attached.device
      .probe(AbortSignal.any([finished.signal, session.ended]))
      .catch((error: unknown) => {
        if (error instanceof LinkClosed) return noAnswer();
        throw error;
      });
    const result = await Promise.race([asked, overdue]);
    finished.abort();
    if (!session.ended.aborted) this.#become(this.#phase, result.ok ? undefined : result.reason);
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.#nudge = new AbortController();
    await this.#deps.clock
      .delay(milliseconds, AbortSignal.any([signal, this.#nudge.signal]))
      .catch((error: unknown) => {
        if (!signal.aborted && !this.#nudge.signal.aborted) throw error;
      });
  }

  #become(phase: Phase, reason: string | undefined): void {
    this.#phase = phase;
    this.#reason = reason;
    this.#show();
  }

  #show(): void {
    const view = this.#view();
    const before = this.#shown;
    if (view.state === before.state && view.reason === before.reason) return;
    this.#shown = view;
    this.#deps.log('devices.state-changed', {
      device: view.id,
      from: before.state,
      to: view.state,
      ...(view.reason === undefined ? {} : { reason: view.reason }),
    });
    this.#deps.onChange();
  }

  #view(): DeviceView {
    const { id, class: kind, driver } = this.#deps.config;
    const state = this.#state();
    const reason = state === 'absent' || state === 'faulty' ? this.#reason : undefined;
    return { id, class: kind, driver, state, ...(reason === undefined ? {} : { reason }) };
  }

  #state(): DeviceState {
    if (this.#phase !== 'attached') return this.#phase;
    if (this.#isLent) return 'busy';
    return this.#reason === undefined ? 'ready' : 'faulty';
  }
}

function retryPause(failures: number): number {
  return Math.min(RETRY_CAP_MS, RETRY_FIRST_MS * 2 ** failures);
}

function noAnswer(): Result<undefined, ProbeFailure> {
  return refused('no-answer');
}
