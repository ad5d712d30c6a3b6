import type { DriverContext, PadPress, PadSignal, ProbeFailure, RatingPad } from '../../src/devices/driver.ts';
import { Arrivals, ask, delivered, Turns, Underway } from '../../src/devices/driver-tools.ts';
import type { RatingLevel } from '../../src/domain/rating.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { REPEAT_MARGIN } from './limits.ts';
import type { PadProfile } from './profile.ts';
import type { FromPad, PadCommand } from './protocol.ts';
import { encodeAcknowledgement, encodeCommand, FrameDecoder, levelOfKey, nameOfKey, readFromPad } from './protocol.ts';

const signals: readonly PadSignal[] = ['stars', 'number', 'beep'];

/** Talks to one rating pad, as its table says. */
export class TableDrivenPad implements RatingPad {
  readonly #profile: PadProfile;
  readonly #context: DriverContext;
  readonly #underway: Underway;
  readonly #decoder: FrameDecoder;
  readonly #listeners = new Set<(message: FromPad) => void>();
  /** Answers do not say what they answer. */
  readonly #turns = new Turns();
  #last: { readonly key: number; readonly at: number } | undefined;

  constructor(profile: PadProfile, context: DriverContext) {
    this.#profile = profile;
    this.#context = context;
    this.#underway = new Underway(context.link);
    this.#decoder = new FrameDecoder(profile);
    context.link.onBytes((bytes) => {
      for (const frame of this.#decoder.push(bytes)) {
        const message = readFromPad(profile, frame);
        if (message) for (const listener of this.#listeners) listener(message);
      }
    });
  }

  get levels(): readonly RatingLevel[] {
    return Object.values(this.#profile.keys);
  }

  get signals(): readonly PadSignal[] {
    return signals.filter((name) => this.#profile.commands[name]);
  }

  get cannotBeAsked(): boolean {
    return this.#profile.probe === undefined;
  }

  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    const { probe } = this.#profile;
    if (this.#underway.isClosed) return refused('no-answer');
    if (!probe) return done();
    return (await this.#command(probe.command, probe.value, signal)) ? done() : refused('no-answer');
  }

  async signal(name: PadSignal, value = 0): Promise<Result<undefined, 'unknown-signal' | 'no-answer'>> {
    if (!this.#profile.commands[name]) return refused('unknown-signal');
    return (await this.#command(name, value, this.#underway.signal)) ? done() : refused('no-answer');
  }

  /**
   * A press that stands for a level is acknowledged at once, and each time the pad sends it again; it is told of once. Nobody
   * watches, nothing is acknowledged: the pad must not thank for a rating that is not counted.
   */
  async *watch(signal: AbortSignal): AsyncGenerator<PadPress, void, undefined> {
    if (this.#underway.isClosed) return;
    const over = new AbortController();
    const until = AbortSignal.any([signal, this.#underway.signal, over.signal]);
    const presses = new Arrivals<PadPress>();
    const stop = this.#listen((message) => {
      if (message.kind === 'press') this.#take(message.key, presses);
    });
    const starting = this.#start(until);
    try {
      yield* presses.until(until);
    } finally {
      over.abort();
      stop();
      await starting;
    }
  }

  async reset(): Promise<void> {
    this.#underway.end();
    this.#decoder.reset();
  }

  /** A pad that would have answered and does not is out of order, but may still tell of presses. */
  async #start(until: AbortSignal): Promise<void> {
    const started = await this.#command('start', 0, until);
    if (!started && !until.aborted) this.#context.onCondition('no-answer');
  }

  #take(key: number, presses: Arrivals<PadPress>): void {
    const { profile, last, now } = {
      profile: this.#profile,
      last: this.#last,
      now: this.#context.clock.now().getTime(),
    };
    this.#last = { key, at: now };
    const level = levelOfKey(profile, key);
    const acknowledgement = level && encodeAcknowledgement(profile, key);
    if (acknowledgement) void delivered(this.#context.link, acknowledgement);
    const isRepeat = last?.key === key && now - last.at < profile.repeat.afterMs * REPEAT_MARGIN;
    if (!isRepeat) presses.push({ key: nameOfKey(key), ...(level ? { level } : {}) });
  }

  /** Sent again while it has no answer, as often as the pad may need it. False when nothing came of it. */
  #command(name: PadCommand, value: number, signal: AbortSignal): Promise<boolean> {
    const bytes = encodeCommand(this.#profile, name, value);
    const { answer } = this.#profile;
    if (!answer) return delivered(this.#context.link, bytes);
    const listen = (take: (answered: true) => void): (() => void) =>
      this.#listen(({ kind }) => {
        if (kind === 'answer') take(true);
      });
    return this.#turns.take(async () => {
      for (let tries = 0; tries <= answer.retries && !signal.aborted && !this.#underway.isClosed; tries += 1) {
        if (await ask(this.#context, { bytes, listen, milliseconds: answer.withinMs }, signal)) return true;
      }
      return false;
    });
  }

  #listen(listener: (message: FromPad) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
