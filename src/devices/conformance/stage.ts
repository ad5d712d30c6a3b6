import type { Result } from '../../domain/result.ts';
import { refused } from '../../domain/result.ts';
import type { Attached } from '../attach.ts';
import { attach } from '../attach.ts';
import type { DeviceLink, DriverModule, ProbeFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import type { Action, Conformance, EventPattern } from './description.ts';
import { USE_LIMIT_MS } from './limits.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Place, Socket } from './place.ts';
import { Watch } from './watched.ts';

/** The driver that is tried out. */
export interface Subject {
  readonly driver: DriverModule;
  readonly profile: string;
  readonly description: Conformance;
  /** Drivers whose devices could be plugged in by mistake. */
  readonly others: readonly DriverModule[];
}

/** A driver at work on a link to its own simulator, with everything it says and leaves behind. */
export class Stage {
  readonly #subject: Subject;
  readonly #socket: Socket;
  readonly #events: Action[] = [];
  readonly #looking = new Set<() => void>();
  /** Everything the driver told anybody: conditions, details, errors. */
  readonly told: string[] = [];
  watch = new Watch();
  #attached: Attached | undefined;
  #link: DeviceLink | undefined;
  #gone = Promise.withResolvers<void>();
  #isGone = false;

  private constructor(subject: Subject, socket: Socket) {
    this.#subject = subject;
    this.#socket = socket;
    socket.onEvent((event) => {
      this.#events.push(event);
      for (const look of this.#looking) look();
    });
  }

  static async set(place: Place, subject: Subject): Promise<Stage> {
    const { driver, profile, description } = subject;
    const { baudRate, hid } = 'line' in description ? description.line : {};
    const stage = new Stage(subject, await place.plugIn({ driver, profile, baudRate, hid }));
    await stage.attach();
    return stage;
  }

  get device(): Attached {
    if (!this.#attached) throw new Error('no driver is attached');
    return this.#attached;
  }

  /** Opens the link and puts a new instance of the driver on it. */
  async attach(): Promise<void> {
    const link = await this.#socket.open();
    const gone = Promise.withResolvers<void>();
    this.#link = link;
    this.#gone = gone;
    this.#isGone = false;
    link.onClose(() => {
      if (this.#gone === gone) this.#isGone = true;
      gone.resolve();
    });
    this.watch = new Watch();
    this.#attached = attach(this.#subject.driver, this.#subject.profile, {
      clock: this.watch.clock(this.#socket.clock),
      link: this.watch.link(link),
      onCondition: (condition) => this.told.push(condition ?? ''),
      onSupplies: () => undefined,
    });
  }

  act(...actions: readonly Action[]): Promise<void> {
    return actions.reduce((before, action) => before.then(() => this.#socket.act(action)), Promise.resolve());
  }

  /** Lets these faults begin on the line; none makes it well again. */
  faults(...steps: readonly Action[]): Promise<void> {
    return this.act({ script: { seed: 1, steps: steps.length > 0 ? steps : [{ do: { clear: true } }] } });
  }

  /** A moment in what happens at the device, to look for what comes after it. */
  mark(): number {
    return this.#events.length;
  }

  happened(since: number, pattern: EventPattern): boolean {
    return this.#events.slice(since).some((event) => matches(event, pattern));
  }

  /** Resolves once something like this has happened since the mark. */
  async event(since: number, pattern: EventPattern): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (this.happened(since, pattern)) resolve();
    };
    this.#looking.add(look);
    look();
    await promise.finally(() => this.#looking.delete(look));
  }

  /** The value, or `late` when it does not come in time. */
  async within<T>(call: Promise<T>, milliseconds: number): Promise<T | 'late'> {
    const over = new AbortController();
    const late = this.#socket.clock.delay(milliseconds, over.signal).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    return Promise.race([call, late]).finally(() => over.abort());
  }

  async pause(milliseconds: number): Promise<void> {
    await this.#socket.clock.delay(milliseconds);
  }

  /** A probe that is given its time. Losing the line is `no-answer`, as it is for the supervisor. */
  async probe(): Promise<Result<undefined, ProbeFailure>> {
    const asked = this.device.device.probe(new AbortController().signal).catch((error: unknown) => {
      if (error instanceof LinkClosed) return refused('no-answer' as const);
      throw error;
    });
    const answer = await this.within(asked, USE_LIMIT_MS);
    if (answer === 'late') throw new Nonconformity('too-late', 'the probe has no end');
    if (!answer.ok && answer.detail !== undefined) this.told.push(answer.detail);
    return answer;
  }

  /** Resolves when the present link is closed. */
  gone(): Promise<void> {
    return this.#gone.promise;
  }

  isGone(): boolean {
    return this.#isGone;
  }

  async detach(): Promise<void> {
    await this.#link?.close();
  }

  async close(): Promise<void> {
    await this.detach();
    await this.#socket.stop();
  }
}

function matches(event: Action, pattern: EventPattern): boolean {
  return Object.entries(pattern).every(([name, value]) => event[name] === value);
}
