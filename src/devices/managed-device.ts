import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { DeviceClass, DeviceSupplies, DeviceTest, DeviceView } from '../contract/device-classes.ts';
import type { EventLog } from '../contract/log.ts';
import { describeBug } from '../contract/technical.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { DeviceRecord, DeviceRecords } from './device-records.ts';
import type { DeviceLink, DriverModule, OpenFailure } from './driver.ts';
import type { Lease, TestLease, Use } from './lease.ts';
import { leaseOf } from './lease.ts';
import type { Life, LifeEvent } from './life.ts';
import { nextLife } from './life.ts';
import { IDLE_PROBE_MS, OPEN_LIMIT_MS, RETRY_CAP_MS, RETRY_FIRST_MS } from './limits.ts';
import { Mutex } from './mutex.ts';
import type { SessionEnd } from './session.ts';
import { Session } from './session.ts';
import { aborted, within } from './within.ts';

export interface ManagedDeviceDeps {
  readonly config: DeviceConfig;
  readonly driver: DriverModule;
  readonly open: () => Promise<Result<DeviceLink, OpenFailure>>;
  readonly records: DeviceRecords;
  readonly clock: Clock;
  readonly log: EventLog;
  /** The view changed. */
  readonly onChange: () => void;
}

export type BorrowFailure = 'absent' | 'faulty' | 'busy' | 'disabled';

/**
 * The life of one configured device: open its line, probe it, lend it out, notice when it goes, and begin again. Runs on
 * its own, so that a slow or broken one holds up no other. What may follow what is written in `life.ts`.
 */
export class ManagedDevice {
  readonly #deps: ManagedDeviceDeps;
  readonly #stopped = new AbortController();
  readonly #mutex = new Mutex();
  #life: Life;
  #record: DeviceRecord;
  #kept: Promise<void> = Promise.resolve();
  #supplies: DeviceSupplies | undefined;
  #session: Session | undefined;
  /** The session in which the device has been well at least once. */
  #proven: Session | undefined;
  /** Who asked last; loses the device when another one takes it over, or gives up waiting for it. */
  #asker: AbortController | undefined;
  #isLent = false;
  #shown: DeviceView;
  /** Aborted to end the present pause early, or the next one if there is none now. */
  #nudge = new AbortController();
  /** Why the last attempt to open it came to nothing, also while it is disabled. */
  #failure = 'absent';
  #lastCrash = '';

  constructor(deps: ManagedDeviceDeps) {
    this.#deps = deps;
    this.#record = deps.records.of(deps.config.id);
    const { closed } = this.#record;
    this.#life = closed ? { state: 'disabled', reason: closed.reason } : { state: 'opening' };
    this.#shown = this.#view();
  }

  get view(): DeviceView {
    return this.#shown;
  }

  get driver(): DriverModule {
    return this.#deps.driver;
  }

  /** Ends after `stop`. */
  async run(): Promise<void> {
    const { signal } = this.#stopped;
    let failures = 0;
    while (!signal.aborted) {
      if (this.#life.state === 'disabled') {
        await this.#pause(undefined, signal);
        failures = 0;
        continue;
      }
      // Whoever asks for the device while it is opened and looked at for the first time waits for the outcome.
      const unlock = await this.#mutex.lock();
      const began = this.#deps.clock.now().getTime();
      const session = await this.#open();
      const took = this.#deps.clock.now().getTime() - began;
      unlock();
      if (session) await this.#attend(session);
      if (session && this.#proven === session) failures = 0;
      // A port that takes long to refuse is not waited for twice.
      const rest = retryPause(failures) - (session ? 0 : Math.max(0, took));
      const nudged = await this.#pause(Math.max(RETRY_FIRST_MS, rest), signal);
      failures = nudged ? 0 : failures + 1;
    }
    await this.#kept;
  }

  stop(): void {
    this.#stopped.abort();
    this.#asker?.abort();
    this.#session?.end('given-up');
  }

  /** Something was plugged in somewhere: look again now. */
  nudge(): void {
    if (this.#life.state === 'absent') this.#nudge.abort();
  }

  /** Closes its line; it is neither probed nor lent until enabled, also after a restart. Whoever has it loses it. */
  async disable(reason: string, by: 'staff' | 'self-test'): Promise<void> {
    this.#happen({ kind: 'disabled', reason });
    this.#asker?.abort();
    this.#session?.end('given-up');
    await this.#keep({ ...this.#record, closed: { by, reason } });
  }

  async enable(): Promise<void> {
    const { closed, ...open } = this.#record;
    if (!closed) return;
    await this.#keep(open);
    this.#happen({ kind: 'enabled' });
    this.#nudge.abort();
  }

  /** Keeps what a self-test came to: a device that failed is closed, and one that a test had closed is opened when it passed. */
  async settleTest(test: DeviceTest): Promise<void> {
    await this.#keep({ ...this.#record, lastTest: test });
    const { closed } = this.#record;
    // What staff closed stays closed, for their reason.
    if (test.verdict === 'failed' && closed?.by !== 'staff') await this.disable(test.reason ?? 'failed', 'self-test');
    if (test.verdict === 'passed' && closed?.by === 'self-test') await this.enable();
    this.#show();
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
    if (this.#life.state === 'disabled') return refused('disabled', this.#life.reason);
    if (this.#isLent && whenLent === 'refuse') return refused('busy');
    return this.#lend(kind, signal, async () => {
      const session = this.#session;
      if (session && !session.isOver && this.#life.reason !== undefined) await this.#probe(session);
      if (this.#life.state === 'disabled') return refused('disabled', this.#life.reason);
      if (!session || session.isOver) return refused('absent', this.#life.reason);
      return this.#life.reason === undefined ? done(session) : refused('faulty', this.#life.reason);
    });
  }

  /**
   * Lends the device out for a self-test: also a faulty or disabled one, whose line is opened for it. Refused with the reason
   * for which that is not possible.
   */
  async borrowForTest<C extends DeviceClass>(kind: C, signal: AbortSignal): Promise<Result<TestLease<C>>> {
    if (this.#isLent) return refused('busy');
    return this.#lend(kind, signal, async () => {
      const before = this.#session;
      const session = await this.#open(true);
      // What the test opened is looked after from then on.
      if (session !== before) this.#nudge.abort();
      return session && !session.isOver ? done(session) : refused(this.#failure);
    });
  }

  async #lend<C extends DeviceClass, R extends string>(
    kind: C,
    signal: AbortSignal,
    find: () => Promise<Result<Session, R>>,
  ): Promise<Result<TestLease<C>, R | 'busy'>> {
    this.#asker?.abort();
    const asker = new AbortController();
    this.#asker = asker;
    const unlock = await this.#mutex.lock();
    const lost = AbortSignal.any([asker.signal, signal]);
    const found = await find();
    if (lost.aborted || !found.ok) {
      await this.#rest();
      unlock();
      return found.ok ? refused('busy') : found;
    }
    this.#isLent = true;
    this.#happen({ kind: 'lent' });
    const giveBack = async ({ use, suspect }: Use): Promise<void> => {
      await found.value.reset();
      this.#isLent = false;
      if (use !== 'aside') this.#count(use);
      this.#happen({ kind: 'returned' });
      await this.#rest();
      unlock();
      if (suspect) this.#nudge.abort();
    };
    return done(leaseOf(this.#deps.config.id, kind, found.value, lost, giveBack));
  }

  /** A disabled device that was open for a test is closed again. */
  async #rest(): Promise<void> {
    const session = this.#session;
    if (this.#life.state !== 'disabled' || !session) return;
    this.#session = undefined;
    await session.close();
  }

  /** Opens the line, puts the driver on it and asks the device for the first time; or goes on with what a test has opened. */
  async #open(forTest = false): Promise<Session | undefined> {
    const wanted = (): boolean => !this.#stopped.signal.aborted && (forTest || this.#life.state !== 'disabled');
    const left = this.#session;
    if (left && !left.isOver) return left;
    await left?.close();
    const link = await this.#openLine();
    if (!link) return undefined;
    if (!wanted()) {
      await within(this.#deps.clock, OPEN_LIMIT_MS, link.close());
      return undefined;
    }
    const session = Session.begin({
      driver: this.#deps.driver,
      profile: this.#deps.config.profile,
      address: this.#deps.config.address,
      clock: this.#deps.clock,
      link,
      onCondition: (condition) => this.#noteCondition(condition),
      onSupplies: (supplies) => this.#show(supplies),
      onEnd: (end, error) => this.#noteEnd(end, error),
    });
    this.#session = session;
    if (!session.isOver) {
      this.#happen({ kind: 'opened' });
      await this.#probe(session);
    }
    return session;
  }

  async #openLine(): Promise<DeviceLink | undefined> {
    const failed = (reason: string): undefined => {
      this.#failure = reason;
      this.#happen({ kind: 'open-failed', reason });
    };
    try {
      const opening = this.#deps.open();
      const opened = await within(this.#deps.clock, OPEN_LIMIT_MS, opening);
      const result = opened?.value;
      if (result) return result.ok ? result.value : failed(result.reason);
      void opening.then(
        (late) => (late.ok ? late.value.close() : undefined),
        (error: unknown) => this.#logCrash(error),
      );
      return failed('port-stuck');
    } catch (error) {
      this.#noteEnd('driver-crashed', error);
      return undefined;
    }
  }

  /** Asks the device now and then how it is, until its line is closed. */
  async #attend(session: Session): Promise<void> {
    let failures = 0;
    while (!session.isOver) {
      failures = this.#life.reason === undefined ? 0 : failures + 1;
      await this.#pause(failures === 0 ? IDLE_PROBE_MS : retryPause(failures - 1), session.over);
      if (session.isOver || this.#isLent) continue;
      const unlock = await this.#mutex.lock();
      if (!session.isOver) await this.#probe(session);
      unlock();
    }
    // Whoever has the device was told to leave, and does or is cut off. At the very end nobody is waited for.
    const unlock = this.#stopped.signal.aborted ? () => undefined : await this.#mutex.lock();
    this.#supplies = undefined;
    if (this.#session === session) this.#session = undefined;
    await session.close();
    unlock();
  }

  async #probe(session: Session): Promise<void> {
    const result = await session.probe();
    if (session.isOver) return;
    if (result.ok) this.#proven = session;
    if (result.ok) this.#lastCrash = '';
    this.#happen(result.ok ? { kind: 'well' } : { kind: 'unwell', reason: result.reason });
  }

  /** False when the pause was over, true when it was ended early. */
  async #pause(milliseconds: number | undefined, signal: AbortSignal): Promise<boolean> {
    const over = new AbortController();
    const woken = aborted([signal, this.#nudge.signal], over.signal);
    if (milliseconds === undefined) await woken;
    else await within(this.#deps.clock, milliseconds, woken);
    over.abort();
    const nudged = this.#nudge.signal.aborted;
    if (nudged) this.#nudge = new AbortController();
    return nudged;
  }

  #noteCondition(condition: string | undefined): void {
    if (condition !== undefined) this.#happen({ kind: 'unwell', reason: condition });
    // The first probe decides whether a device is well: it also tells whether it is the right one.
    else if (this.#proven === this.#session) this.#happen({ kind: 'well' });
  }

  #noteEnd(end: SessionEnd, error: unknown): void {
    if (end === 'given-up') return;
    this.#failure = end;
    if (end === 'driver-crashed') this.#logCrash(error);
    this.#happen(end === 'unplugged' ? { kind: 'unplugged' } : { kind: 'driver-failed', reason: end });
  }

  /** A driver that crashes again and again in the same place is one line of the log until it was well in between. */
  #logCrash(error: unknown): void {
    const bug = describeBug(error);
    const crash = JSON.stringify(bug);
    if (crash === this.#lastCrash) return;
    this.#lastCrash = crash;
    this.#deps.log('devices.driver-crashed', { device: this.#deps.config.id, ...bug });
  }

  #count(use: Exclude<Use['use'], 'aside'>): void {
    const { total, ok, failed } = this.#record.uses;
    const uses = {
      total: total + 1,
      ok: ok + (use === 'ok' ? 1 : 0),
      failed: failed + (use === 'failed' ? 1 : 0),
    };
    const at = this.#deps.clock.now().toISOString();
    void this.#keep({ ...this.#record, uses, ...(use === 'unused' ? {} : { lastUsedAt: at }) });
  }

  #keep(record: DeviceRecord): Promise<void> {
    this.#record = record;
    this.#kept = this.#deps.records.keep(this.#deps.config.id, record);
    return this.#kept;
  }

  #happen(event: LifeEvent): void {
    this.#life = nextLife(this.#life, event);
    this.#show();
  }

  #show(supplies = this.#supplies): void {
    this.#supplies = supplies;
    const view = this.#view();
    const before = this.#shown;
    if (JSON.stringify(view) === JSON.stringify(before)) return;
    this.#shown = view;
    if (view.state !== before.state || view.reason !== before.reason) {
      this.#deps.log('devices.state-changed', {
        device: view.id,
        from: before.state,
        to: view.state,
        ...(view.reason === undefined ? {} : { reason: view.reason }),
      });
    }
    this.#deps.onChange();
  }

  #view(): DeviceView {
    const { id, class: kind, driver } = this.#deps.config;
    const { state, reason } = this.#life;
    const { uses, lastUsedAt, lastTest } = this.#record;
    const levels = this.#session?.levels;
    return {
      id,
      class: kind,
      driver,
      state,
      ...(reason === undefined || state === 'busy' ? {} : { reason }),
      uses,
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      ...(this.#supplies === undefined ? {} : { supplies: this.#supplies }),
      ...(levels === undefined ? {} : { levels }),
      ...(lastTest === undefined ? {} : { lastTest }),
    };
  }
}

function retryPause(failures: number): number {
  return Math.min(RETRY_CAP_MS, RETRY_FIRST_MS * 2 ** failures);
}
