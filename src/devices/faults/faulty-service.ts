import type { HttpRequest, HttpResponse, HttpSimulator, ServiceSimulatorContext } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { FaultyDevice } from './faulty-device.ts';
import type { LineFault } from './script.ts';

/**
 * A simulated service on a network on which things go wrong, by the same scripts as a line. Bytes are those of bodies, a request
 * one more than its own; a "message" is what the service writes at once. TCP loses, adds and repeats nothing: a script that wants
 * noise, lost ends or repeats of a service is refused.
 */
export class FaultyService extends FaultyDevice<HttpSimulator, ServiceSimulatorContext> implements HttpSimulator {
  /** Aborted when everything under way is lost. */
  #network = new AbortController();

  async respond(request: HttpRequest): Promise<HttpResponse> {
    const { signal } = this.#network;
    const length = 1 + (request.body?.length ?? 0);
    // Only counted: a request arrives whole or not at all.
    let arrived = 0;
    for (const part of this.run.parts('toDevice', new Uint8Array(length))) arrived += part.length;
    if (arrived < length || !this.plugged) throw new LinkClosed();
    if (this.mute === 'both') return unlessLost(nothing, signal);
    const response = await unlessLost(this.present.respond(request), signal);
    if (this.mute === 'answers') return unlessLost(nothing, signal);
    return { ...response, body: this.#body(response.body, signal) };
  }

  protected override contextOf(): ServiceSimulatorContext {
    return { clock: this.deps.context.clock, onEvent: (event) => this.told(event) };
  }

  protected override lose(): void {
    this.#network.abort();
    this.#network = new AbortController();
  }

  protected override setMute(mute: 'answers' | 'both' | 'off'): void {
    super.setMute(mute);
    // Answers that were held back do not come later.
    if (mute === 'off') this.lose();
  }

  protected override perform(fault: LineFault): Promise<void> | undefined {
    if ('noise' in fault || 'shorten' in fault || 'repeat' in fault || 'send' in fault) {
      throw new Error(`no ${Object.keys(fault).join(' ')} on the way from a service`);
    }
    return super.perform(fault);
  }

  async *#body(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of body) {
      for (const piece of this.distortion.apply(chunk)) {
        const { pauseMs } = this.distortion;
        if (pauseMs > 0) await unlessLost(this.deps.context.clock.delay(pauseMs), signal);
        for (const part of this.run.parts('toHost', piece)) yield part;
        if (signal.aborted) throw new LinkClosed();
      }
    }
  }
}

/** Rejects with {@link LinkClosed} once everything under way is lost. */
async function unlessLost<T>(coming: Promise<T>, signal: AbortSignal): Promise<T> {
  const lost = Promise.withResolvers<never>();
  const end = (): void => lost.reject(new LinkClosed());
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  try {
    return await Promise.race([coming, lost.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

const nothing = new Promise<never>(() => undefined);
