import type { Simulator, SimulatorContext } from '../driver.ts';
import { FaultyDevice } from './faulty-device.ts';
import type { LineFault } from './script.ts';

/** A simulator behind a line on which things go wrong. */
export class FaultyLine extends FaultyDevice<Simulator, SimulatorContext> implements Simulator {
  readonly #waiting: Uint8Array[] = [];
  #sending = false;
  /** Aborted when what waits to be sent is lost. */
  #line = new AbortController();

  receive(bytes: Uint8Array): void {
    for (const part of this.run.parts('toDevice', bytes)) {
      if (this.mute !== 'both') this.present.receive(part);
    }
  }

  protected override contextOf(isThere: () => boolean): SimulatorContext {
    return {
      clock: this.deps.context.clock,
      send: (bytes) => {
        if (isThere()) this.#answer(bytes);
      },
      onEvent: (event) => this.told(event),
    };
  }

  /** What has not been sent yet never is. */
  protected override lose(): void {
    this.#line.abort();
    this.#line = new AbortController();
    this.#waiting.length = 0;
    this.#sending = false;
  }

  protected override perform(fault: LineFault): Promise<void> | undefined {
    if (!('send' in fault)) return super.perform(fault);
    this.#send(Buffer.from(fault.send, 'hex'));
    return undefined;
  }

  #answer(message: Uint8Array): void {
    if (this.mute !== 'off' || !this.plugged) return;
    this.#waiting.push(...this.distortion.apply(message));
    if (!this.#sending) void this.#sendWaiting();
  }

  /** At once as long as no pause is wanted. */
  async #sendWaiting(): Promise<void> {
    this.#sending = true;
    const { signal } = this.#line;
    const pause = (milliseconds: number): Promise<void> =>
      this.deps.context.clock.delay(milliseconds, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    for (let piece = this.#waiting.shift(); piece; piece = this.#waiting.shift()) {
      if (this.distortion.pauseMs > 0) await pause(this.distortion.pauseMs);
      if (signal.aborted) return;
      this.#send(piece);
    }
    this.#sending = false;
  }

  #send(piece: Uint8Array): void {
    for (const part of this.run.parts('toHost', piece)) this.deps.context.send(part);
  }
}
