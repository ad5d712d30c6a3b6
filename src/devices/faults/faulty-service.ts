import type { HttpRequest, HttpResponse, HttpSimulator, ServiceSimulatorContext } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { Distortion } from './distortion.ts';
import { scriptAction } from './faulty-line.ts';
import { SeededRandom } from './random.ts';
import { ScriptRun } from './script-run.ts';
import type { LineFault } from './script.ts';

type Simulate = (context: ServiceSimulatorContext) => HttpSimulator;

export interface FaultyServiceDeps {
  readonly simulate: Simulate;
  readonly context: ServiceSimulatorContext;
  /** Takes the service off the network and brings it back. */
  readonly unplug: () => Promise<void>;
  readonly plug: () => Promise<void>;
  readonly other: (driver: string, profile: string) => Simulate;
}

/**
 * A simulated service on a network on which things go wrong, by the same scripts as {@link FaultyLine}. Bytes are those of
 * bodies, a request one more than its own; a "message" is what the service writes at once. TCP loses, adds and repeats
 * nothing: a script that wants noise, lost ends or repeats of a service is refused.
 */
export class FaultyService implements HttpSimulator {
  readonly #deps: FaultyServiceDeps;
  readonly #own: HttpSimulator;
  readonly #run: ScriptRun;
  #other: HttpSimulator | undefined;
  #distortion = new Distortion(new SeededRandom(1));
  #mute: 'answers' | 'both' | 'off' = 'off';
  #plugged = true;
  /** Aborted when everything under way is lost. */
  #network = new AbortController();

  constructor(deps: FaultyServiceDeps) {
    const { clock, onEvent } = deps.context;
    this.#deps = deps;
    this.#run = new ScriptRun({
      clock,
      onEvent,
      perform: (fault) => this.#perform(fault),
      isPlugged: () => this.#plugged,
    });
    this.#own = this.#simulated(deps.simulate);
  }

  async respond(request: HttpRequest): Promise<HttpResponse> {
    const { signal } = this.#network;
    const length = 1 + (request.body?.length ?? 0);
    // Only counted: a request arrives whole or not at all.
    let arrived = 0;
    for (const part of this.#run.parts('toDevice', new Uint8Array(length))) arrived += part.length;
    if (arrived < length || !this.#plugged) throw new LinkClosed();
    if (this.#mute === 'both') return unlessLost(nothing, signal);
    const response = await unlessLost((this.#other ?? this.#own).respond(request), signal);
    if (this.#mute === 'answers') return unlessLost(nothing, signal);
    return { ...response, body: this.#body(response.body, signal) };
  }

  act(action: Readonly<Record<string, unknown>>): void {
    if (!('script' in action)) {
      this.#own.act(action);
      return;
    }
    const { script } = scriptAction.parse(action);
    this.#run.stop();
    this.#clear();
    this.#distortion = new Distortion(new SeededRandom(script.seed));
    this.#run.start(script);
  }

  /** Somebody else than a script has plugged it in again. */
  lineIsBack(): void {
    this.#plugged = true;
  }

  stop(): void {
    this.#run.stop();
    this.#lose();
    this.#own.stop();
    this.#other?.stop();
  }

  #simulated(simulate: Simulate): HttpSimulator {
    const { clock, onEvent } = this.#deps.context;
    return simulate({
      clock,
      onEvent: (event) => {
        onEvent(event);
        this.#run.happened(event['event']);
      },
    });
  }

  async *#body(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of body) {
      for (const piece of this.#distortion.apply(chunk)) {
        const { pauseMs } = this.#distortion;
        if (pauseMs > 0) await unlessLost(this.#deps.context.clock.delay(pauseMs), signal);
        for (const part of this.#run.parts('toHost', piece)) yield part;
        if (signal.aborted) throw new LinkClosed();
      }
    }
  }

  #perform(fault: LineFault): Promise<void> | undefined {
    if ('noise' in fault || 'shorten' in fault || 'repeat' in fault || 'send' in fault) {
      throw new Error(`no ${Object.keys(fault).join(' ')} on the way from a service`);
    }
    if (this.#distortion.set(fault)) return undefined;
    if ('mute' in fault) this.#muteAs(fault.mute);
    else if ('clear' in fault) this.#clear();
    else if ('otherDevice' in fault) this.#exchange(fault.otherDevice);
    else if ('act' in fault) this.#own.act(fault.act);
    else if ('unplug' in fault) return this.#unplug();
    else if ('plug' in fault) return this.#plug();
    return undefined;
  }

  #muteAs(mute: 'answers' | 'both' | 'off'): void {
    this.#mute = mute;
    // Answers that were held back do not come later.
    if (mute === 'off') this.#lose();
  }

  #clear(): void {
    this.#distortion.clear();
    if (this.#mute !== 'off') this.#muteAs('off');
    this.#exchange('off');
  }

  #exchange(device: Extract<LineFault, { otherDevice: unknown }>['otherDevice']): void {
    this.#other?.stop();
    this.#other = undefined;
    if (device !== 'off') this.#other = this.#simulated(this.#deps.other(device.driver, device.profile));
  }

  #lose(): void {
    this.#network.abort();
    this.#network = new AbortController();
  }

  #unplug(): Promise<void> {
    this.#plugged = false;
    this.#lose();
    return this.#deps.unplug();
  }

  #plug(): Promise<void> {
    this.lineIsBack();
    return this.#deps.plug();
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
