import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { paused } from '../../src/devices/driver-tools.ts';
import type { PadFault } from './actions.ts';
import { padAction } from './actions.ts';
import type { PadProfile } from './profile.ts';
import type { FromHost } from './protocol.ts';
import { encodeAnswer, encodePress, FrameDecoder, hostTemplates, readFromHost } from './protocol.ts';

const NOISE = [0x00, 0xfe];

/** A pad with keys, a lamp, a display and a beeper. */
export class SimulatedPad implements Simulator {
  readonly #profile: PadProfile;
  readonly #context: SimulatorContext;
  readonly #decoder: FrameDecoder;
  readonly #over = new AbortController();
  #fault: PadFault = 'none';
  /** Aborted when the press that was sent last is acknowledged, or another one takes its place. */
  #unacknowledged = new AbortController();

  constructor(profile: PadProfile, context: SimulatorContext) {
    this.#profile = profile;
    this.#context = context;
    this.#decoder = new FrameDecoder(profile, hostTemplates(profile));
  }

  receive(bytes: Uint8Array): void {
    if (this.#fault === 'silent') return;
    for (const frame of this.#decoder.push(bytes)) {
      const message = readFromHost(this.#profile, frame);
      if (message) this.#take(message);
    }
  }

  act(raw: Readonly<Record<string, unknown>>): void {
    const wanted = padAction(this.#profile).parse(raw);
    if ('fault' in wanted) this.#fault = wanted.fault;
    else if (wanted.address === undefined) void this.#press(wanted.press);
    else this.#send(encodePress({ ...this.#profile, address: wanted.address }, wanted.press));
  }

  stop(): void {
    this.#over.abort();
    this.#decoder.reset();
  }

  #take(message: FromHost): void {
    if (message.kind === 'acknowledged') {
      if (this.#fault === 'deaf') return;
      this.#unacknowledged.abort();
      this.#context.onEvent({ event: 'acknowledged', ...(message.key === undefined ? {} : { press: message.key }) });
      return;
    }
    const { name, value } = message;
    this.#context.onEvent({ event: name, ...(name === 'stars' || name === 'number' ? { value } : {}) });
    const answer = encodeAnswer(this.#profile);
    if (answer) this.#send(answer);
  }

  async #press(key: number): Promise<void> {
    const { acknowledge, repeat } = this.#profile;
    this.#unacknowledged.abort();
    const pressed = new AbortController();
    this.#unacknowledged = pressed;
    const end = AbortSignal.any([pressed.signal, this.#over.signal]);
    const goesOn = (sent: number): boolean =>
      this.#fault === 'stuck' || (acknowledge !== undefined && sent <= repeat.times && !pressed.signal.aborted);
    this.#send(encodePress(this.#profile, key));
    for (let sent = 1; goesOn(sent); sent += 1) {
      const signal = this.#fault === 'stuck' ? this.#over.signal : end;
      if (!(await paused(this.#context.clock, repeat.afterMs, signal)) || !goesOn(sent)) break;
      this.#send(encodePress(this.#profile, key));
    }
    if (acknowledge && !end.aborted) this.#context.onEvent({ event: 'given-up', press: key });
  }

  #send(frame: Uint8Array): void {
    if (this.#fault === 'silent') return;
    const bytes = Uint8Array.from(frame);
    if (this.#fault === 'wrong-checksum') {
      const { frame: parts } = this.#profile;
      const place = bytes.length - (parts.length - parts.indexOf('checksum'));
      bytes[place] = (bytes[place] ?? 0) ^ 0xff;
    }
    this.#context.send(this.#fault === 'noise' ? Uint8Array.of(...NOISE, ...bytes.subarray(0, 1), ...bytes) : bytes);
  }
}
