import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../driver.ts';
import { Distortion } from './distortion.ts';
import { SeededRandom } from './random.ts';
import { ScriptRun } from './script-run.ts';
import type { LineFault } from './script.ts';
import { faultScript } from './script.ts';

type Simulate = (context: SimulatorContext) => Simulator;

export interface FaultyLineDeps {
  readonly simulate: Simulate;
  readonly context: SimulatorContext;
  /** Takes the line away once what was sent before has left it, and brings it back. */
  readonly unplug: () => Promise<void>;
  readonly plug: () => Promise<void>;
  /** The simulator of another driver, for a script that plugs in a wrong device. */
  readonly other: (driver: string, profile: string) => Simulate;
}

export const scriptAction = z.strictObject({ script: faultScript });

/**
 * A simulator behind a line on which things go wrong. Without a script it changes nothing. It takes the simulator's own
 * actions and `{ "script": … }`, which begins at once on a line without faults and ends the script before it. Each step it
 * takes is told as an event, `{ "event": "fault", "step": 0, "do": … }`, and the end of the script as `{ "event": "script-ended" }`.
 */
export class FaultyLine implements Simulator {
  readonly #deps: FaultyLineDeps;
  readonly #own: Simulator;
  readonly #run: ScriptRun;
  /** The wrong device in its place. */
  #other: Simulator | undefined;
  #distortion = new Distortion(new SeededRandom(1));
  #mute: 'answers' | 'both' | 'off' = 'off';
  #plugged = true;
  readonly #waiting: Uint8Array[] = [];
  #sending = false;
  /** Aborted when what waits to be sent is lost. */
  #line = new AbortController();

  constructor(deps: FaultyLineDeps) {
    const { clock, onEvent } = deps.context;
    this.#deps = deps;
    this.#run = new ScriptRun({
      clock,
      onEvent,
      perform: (fault) => this.#perform(fault),
      isPlugged: () => this.#plugged,
    });
    this.#own = this.#simulated(deps.simulate, () => this.#other === undefined);
  }

  receive(bytes: Uint8Array): void {
    for (const part of this.#run.parts('toDevice', bytes)) {
      if (this.#mute !== 'both') (this.#other ?? this.#own).receive(part);
    }
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

  #simulated(simulate: Simulate, isHeard: () => boolean): Simulator {
    const { context } = this.#deps;
    return simulate({
      clock: context.clock,
      send: (bytes) => {
        if (isHeard()) this.#answer(bytes);
      },
      onEvent: (event) => {
        context.onEvent(event);
        this.#run.happened(event['event']);
      },
    });
  }

  #answer(message: Uint8Array): void {
    if (this.#mute !== 'off' || !this.#plugged) return;
    this.#waiting.push(...this.#distortion.apply(message));
    if (!this.#sending) void this.#sendWaiting();
  }

  /** At once as long as no pause is wanted. */
  async #sendWaiting(): Promise<void> {
    this.#sending = true;
    const { signal } = this.#line;
    const pause = (milliseconds: number): Promise<void> =>
      this.#deps.context.clock.delay(milliseconds, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    for (let piece = this.#waiting.shift(); piece; piece = this.#waiting.shift()) {
      if (this.#distortion.pauseMs > 0) await pause(this.#distortion.pauseMs);
      if (signal.aborted) return;
      this.#send(piece);
    }
    this.#sending = false;
  }

  #send(piece: Uint8Array): void {
    for (const part of this.#run.parts('toHost', piece)) this.#deps.context.send(part);
  }

  /** What has not been sent yet never is. */
  #lose(): void {
    this.#line.abort();
    this.#line = new AbortController();
    this.#waiting.length = 0;
    this.#sending = false;
  }

  #perform(fault: LineFault): Promise<void> | undefined {
    if (this.#distortion.set(fault)) return undefined;
    if ('mute' in fault) this.#mute = fault.mute;
    else if ('clear' in fault) this.#clear();
    else if ('otherDevice' in fault) this.#exchange(fault.otherDevice);
    else if ('send' in fault) this.#send(Buffer.from(fault.send, 'hex'));
    else if ('act' in fault) this.#own.act(fault.act);
    else if ('unplug' in fault) return this.#unplug();
    else if ('plug' in fault) return this.#plug();
    return undefined;
  }

  #clear(): void {
    this.#distortion.clear();
    this.#mute = 'off';
    this.#exchange('off');
  }

  #exchange(device: Extract<LineFault, { otherDevice: unknown }>['otherDevice']): void {
    this.#other?.stop();
    this.#other = undefined;
    if (device === 'off') return;
    this.#other = this.#simulated(this.#deps.other(device.driver, device.profile), () => this.#other !== undefined);
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
