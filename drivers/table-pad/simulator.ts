import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import type { PadProfile } from './profile.ts';
import { encodeCommand, encodeFrame, FrameDecoder, sameBytes } from './protocol.ts';
import type { PadCommand, PadFrame } from './protocol.ts';

const action = z.union([
  z.strictObject({ press: z.int().min(0).max(255) }),
  z.strictObject({ fault: z.enum(['silent', 'noise', 'wrong-checksum', 'none']) }),
]);

/** Two bytes that belong to nothing and the beginning of a frame that never goes on. */
const NOISE = [0x00, 0xfe];
const commandNames: readonly PadCommand[] = ['start', 'stars', 'beep'];

/** A pad with keys, a lamp and a beeper. */
export class SimulatedPad implements Simulator {
  readonly #profile: PadProfile;
  readonly #context: SimulatorContext;
  readonly #decoder: FrameDecoder;
  #fault: 'silent' | 'noise' | 'wrong-checksum' | 'none' = 'none';

  constructor(profile: PadProfile, context: SimulatorContext) {
    this.#profile = profile;
    this.#context = context;
    this.#decoder = new FrameDecoder(profile);
  }

  receive(bytes: Uint8Array): void {
    if (this.#fault === 'silent') return;
    for (const frame of this.#decoder.push(bytes)) {
      if (frame.address === this.#profile.address) this.#take(frame);
    }
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = action.parse(raw);
    if ('fault' in wanted) this.#fault = wanted.fault;
    else this.#send({ ...this.#frame(this.#profile.press.function), data: Uint8Array.of(wanted.press) });
  }

  stop(): void {
    this.#decoder.reset();
  }

  #take(frame: PadFrame): void {
    const { probe, press } = this.#profile;
    const bytes = encodeFrame(this.#profile, frame);
    const name = commandNames.find((one) => sameBytes(bytes, encodeCommand(this.#profile, one)));
    if (name) this.#context.onEvent({ event: name });
    else if (frame.function === press.acknowledge)
      this.#context.onEvent({ event: 'acknowledged', press: frame.data[0] });
    if (probe && name === probe.command) this.#send({ ...this.#frame(probe.answer.function), data: probe.answer.data });
  }

  #frame(code: number): PadFrame {
    return { address: this.#profile.address, function: code, data: new Uint8Array() };
  }

  #send(frame: PadFrame): void {
    if (this.#fault === 'silent') return;
    const bytes = encodeFrame(this.#profile, frame);
    if (this.#fault === 'wrong-checksum') {
      const place = bytes.length - (this.#profile.frame.length - this.#profile.frame.indexOf('checksum'));
      bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    }
    const head = this.#profile.frame.filter((part) => typeof part === 'number').slice(0, 1);
    this.#context.send(this.#fault === 'noise' ? Uint8Array.of(...NOISE, ...head, ...bytes) : bytes);
  }
}
