import type { CueLamps, DriverContext, ProbeFailure } from '../../src/devices/driver.ts';
import { Arrivals, delivered, paused, Underway } from '../../src/devices/driver-tools.ts';
import { done, refused } from '../../src/domain/result.ts';
import type { Result } from '../../src/domain/result.ts';
import { RENEW_EARLY_MS } from './limits.ts';
import type { BoardProfile } from './profile.ts';
import { encodeMessage, lampState, MessageDecoder } from './protocol.ts';

type Presence = 'present' | 'gone';

/** Talks to one board. It answers nothing, so that only a closed line can be told from a lamp that lights. */
export class SlotLamps implements CueLamps {
  readonly cannotBeAsked = true;
  readonly slots: readonly string[];
  readonly #profile: BoardProfile;
  readonly #context: DriverContext;
  readonly #underway: Underway;
  readonly #decoder = new MessageDecoder();
  readonly #listeners = new Set<(presence: Presence) => void>();
  /** Lamps that stay on, by channel: what ends that. */
  readonly #steady = new Map<number, AbortController>();
  #presence: Presence | undefined;

  constructor(profile: BoardProfile, context: DriverContext) {
    this.slots = Object.keys(profile.lamps);
    this.#profile = profile;
    this.#context = context;
    this.#underway = new Underway(context.link);
    context.link.onBytes((bytes) => this.#hear(bytes));
    context.link.onClose(() => this.#endSteady());
  }

  async probe(): Promise<Result<undefined, ProbeFailure>> {
    return this.#underway.isClosed ? refused('no-answer') : done();
  }

  /** `on` is blinking that is renewed until another state is set, since the board knows no steady light. */
  async light(slot: string, state: 'off' | 'on' | 'blink'): Promise<Result<undefined, 'unknown-slot' | 'no-answer'>> {
    const channel = this.#profile.lamps[slot];
    if (channel === undefined) return refused('unknown-slot');
    this.#steady.get(channel)?.abort();
    this.#steady.delete(channel);
    const sent = await this.#set(channel, state === 'off' ? lampState.off : lampState.blink);
    if (!sent) return refused('no-answer');
    if (state === 'on') this.#keepOn(channel);
    return done();
  }

  /** A sensor that says the same again says nothing new. */
  async *watch(signal: AbortSignal): AsyncGenerator<Presence, void, undefined> {
    const changes = new Arrivals<Presence>();
    const listener = (presence: Presence): void => changes.push(presence);
    this.#listeners.add(listener);
    try {
      yield* changes.until(AbortSignal.any([signal, this.#underway.signal]));
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Puts out every lamp and forgets whether somebody was there. */
  async reset(): Promise<void> {
    this.#underway.end();
    this.#endSteady();
    this.#decoder.clear();
    this.#presence = undefined;
    for (const channel of Object.values(this.#profile.lamps)) await this.#set(channel, lampState.off);
  }

  #keepOn(channel: number): void {
    const over = new AbortController();
    this.#steady.get(channel)?.abort();
    this.#steady.set(channel, over);
    const renew = async (): Promise<void> => {
      const pause = this.#profile.blinkMs - RENEW_EARLY_MS;
      while (await paused(this.#context.clock, pause, over.signal)) await this.#set(channel, lampState.blink);
    };
    void renew();
  }

  #endSteady(): void {
    for (const over of this.#steady.values()) over.abort();
    this.#steady.clear();
  }

  #set(channel: number, value: number): Promise<boolean> {
    return delivered(this.#context.link, encodeMessage({ direction: 'O', channel, value }));
  }

  #hear(bytes: Uint8Array): void {
    for (const { direction, channel, value } of this.#decoder.push(bytes)) {
      const presence = value === 1 ? 'present' : 'gone';
      const isOurs = direction === 'I' && channel === this.#profile.sensor && value <= 1;
      if (!isOurs || presence === this.#presence) continue;
      this.#presence = presence;
      for (const listener of this.#listeners) listener(presence);
    }
  }
}
