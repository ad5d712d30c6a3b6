import { LinkClosed } from '../../src/devices/driver.ts';
import type { DriverContext, ProbeFailure, RatingPad } from '../../src/devices/driver.ts';
import type { RatingLevel } from '../../src/domain/rating.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { ANSWER_MS } from './limits.ts';
import type { PadProfile } from './profile.ts';
import { acknowledgementOf, encodeCommand, FrameDecoder, levelOfKey, pressedKey, sameBytes } from './protocol.ts';
import type { PadFrame } from './protocol.ts';

/** Talks to one rating pad, as its table says. */
export class TableDrivenPad implements RatingPad {
  readonly #profile: PadProfile;
  readonly #context: DriverContext;
  readonly #decoder: FrameDecoder;
  readonly #listeners = new Set<(frame: PadFrame) => void>();
  #running = new AbortController();
  #closed = false;

  constructor(profile: PadProfile, context: DriverContext) {
    this.#profile = profile;
    this.#context = context;
    this.#decoder = new FrameDecoder(profile);
    context.link.onBytes((bytes) => {
      for (const frame of this.#decoder.push(bytes)) {
        if (frame.address === profile.address) for (const listener of this.#listeners) listener(frame);
      }
    });
    context.link.onClose(() => {
      this.#closed = true;
      this.#running.abort();
    });
  }

  get levels(): readonly RatingLevel[] {
    return Object.values(this.#profile.keys);
  }

  /** A pad without an answering command cannot be asked: an open line is all that can be known of it. */
  async probe(signal: AbortSignal): Promise<Result<undefined, ProbeFailure>> {
    const { probe } = this.#profile;
    if (this.#closed) return refused('no-answer');
    if (!probe) return done();
    const over = new AbortController();
    const answered = Promise.withResolvers<'answered'>();
    const stop = this.#listen((frame) => {
      if (frame.function === probe.answer.function && sameBytes(frame.data, probe.answer.data)) {
        answered.resolve('answered');
      }
    });
    try {
      const limit = this.#context.clock.delay(ANSWER_MS, AbortSignal.any([signal, over.signal]));
      const sent = this.#send(encodeCommand(this.#profile, probe.command));
      const gone = sent.then((left) => (left ? new Promise<never>(() => undefined) : 'gone'));
      const end = await Promise.race([answered.promise, gone, limit.then(() => 'late')]);
      return end === 'answered' ? done() : refused('no-answer');
    } finally {
      over.abort();
      stop();
    }
  }

  /**
   * A press is acknowledged at once, so that the pad stops repeating it; repeats that come before the acknowledgement has left are the
   * same press. Nobody watches, nothing is acknowledged: the pad must not thank for a rating that is not counted.
   */
  async *watch(signal: AbortSignal): AsyncGenerator<RatingLevel, void, undefined> {
    if (this.#closed) return;
    const until = AbortSignal.any([signal, this.#running.signal]);
    const presses: RatingLevel[] = [];
    let wake = Promise.withResolvers<void>();
    let answering: number | undefined;
    const stop = this.#listen((frame) => {
      const key = pressedKey(this.#profile, frame);
      const level = key === undefined ? undefined : levelOfKey(this.#profile, key);
      if (level === undefined || key === answering) return;
      answering = key;
      presses.push(level);
      wake.resolve();
      void this.#send(acknowledgementOf(this.#profile, frame)).then(() => {
        if (answering === key) answering = undefined;
      });
    });
    const end = (): void => wake.resolve();
    until.addEventListener('abort', end);
    try {
      await Promise.race([this.#send(encodeCommand(this.#profile, 'start')), wake.promise]);
      while (!until.aborted) {
        const level = presses.shift();
        if (level !== undefined) {
          yield level;
          continue;
        }
        wake = Promise.withResolvers<void>();
        if (presses.length === 0 && !until.aborted) await wake.promise;
      }
    } finally {
      until.removeEventListener('abort', end);
      stop();
    }
  }

  async reset(): Promise<void> {
    this.#running.abort();
    if (!this.#closed) this.#running = new AbortController();
    this.#decoder.reset();
  }

  #listen(listener: (frame: PadFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** False when the line is gone. */
  async #send(bytes: Uint8Array): Promise<boolean> {
    try {
      await this.#context.link.write(bytes);
      return true;
    } catch (error) {
      if (error instanceof LinkClosed) return false;
      throw error;
    }
  }
}
