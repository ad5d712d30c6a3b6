import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import type { BoardProfile } from './profile.ts';
import { encodeMessage, lampState, MessageDecoder } from './protocol.ts';
import type { BoardMessage } from './protocol.ts';

const fault = z
  .enum([
    'none',
    /** Takes and sends nothing. */
    'silent',
    /** Pieces of messages before and behind everything it sends. */
    'noise',
    /** The end of each message is missing. */
    'wrong-length',
    /** Every byte by itself. */
    'split',
    /** Sends everything twice. */
    'duplicate',
    /** The sensor says what it said last again and again. */
    'stuck',
  ])
  .meta({ default: 'none' });

export const action = z.union([
  /** Somebody comes or goes. */
  z.strictObject({ presence: z.enum(['present', 'gone']).meta({ default: 'gone' }) }),
  z.strictObject({ fault }),
]);

const STUCK_EVERY_MS = 500;

/** Lamps and a sensor. */
export class SimulatedBoard implements Simulator {
  readonly #profile: BoardProfile;
  readonly #context: SimulatorContext;
  readonly #decoder = new MessageDecoder();
  readonly #over = new AbortController();
  /** Lamps that blink, by channel: what ends that. */
  readonly #blinking = new Map<number, AbortController>();
  #fault: z.infer<typeof fault> = 'none';

  constructor(profile: BoardProfile, context: SimulatorContext) {
    this.#profile = profile;
    this.#context = context;
  }

  receive(bytes: Uint8Array): void {
    if (this.#fault === 'silent') return;
    for (const message of this.#decoder.push(bytes)) this.#take(message);
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('fault' in wanted) this.#fault = wanted.fault;
    else this.#sense(wanted.presence === 'present' ? 1 : 0);
  }

  stop(): void {
    this.#over.abort();
    for (const over of this.#blinking.values()) over.abort();
  }

  #take({ direction, channel, value }: BoardMessage): void {
    const [slot] = Object.entries(this.#profile.lamps).find(([, lamp]) => lamp === channel) ?? [];
    if (direction !== 'O' || slot === undefined) return;
    this.#context.onEvent({ event: 'told', slot, state: value === lampState.blink ? 'blink' : 'off' });
    const before = this.#blinking.get(channel);
    before?.abort();
    this.#blinking.delete(channel);
    if (value === lampState.blink) this.#blink(channel, slot, before !== undefined);
    else if (before) this.#context.onEvent({ event: 'dark', slot });
  }

  #blink(channel: number, slot: string, isRenewed: boolean): void {
    const over = new AbortController();
    this.#blinking.set(channel, over);
    if (!isRenewed) this.#context.onEvent({ event: 'blinking', slot });
    void paused(this.#context.clock, this.#profile.blinkMs, over.signal).then((isEnd) => {
      if (!isEnd) return;
      this.#blinking.delete(channel);
      this.#context.onEvent({ event: 'dark', slot });
    });
  }

  #sense(value: number): void {
    this.#send(encodeMessage({ direction: 'I', channel: this.#profile.sensor, value }));
    this.#context.onEvent({ event: 'sensed', value });
    if (this.#fault === 'stuck') void this.#senseAgain(value);
  }

  async #senseAgain(value: number): Promise<void> {
    const goesOn = await paused(this.#context.clock, STUCK_EVERY_MS, this.#over.signal);
    if (goesOn && this.#fault === 'stuck') this.#sense(value);
  }

  #send(bytes: Uint8Array): void {
    switch (this.#fault) {
      case 'silent':
        return;
      case 'noise':
        this.#context.send(Uint8Array.of(0x00, 0xff, ...bytes.subarray(0, 5), ...bytes, ...bytes.subarray(0, 7)));
        return;
      case 'wrong-length':
        this.#context.send(bytes.subarray(0, -1));
        return;
      case 'split':
        for (const byte of bytes) this.#context.send(Uint8Array.of(byte));
        return;
      case 'duplicate':
        this.#context.send(Uint8Array.of(...bytes, ...bytes));
        return;
      default:
        this.#context.send(bytes);
    }
  }
}
