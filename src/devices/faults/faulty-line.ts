import { z } from 'zod';
import type { Simulator, SimulatorContext } from '../driver.ts';
import { Distortion } from './distortion.ts';
import { SeededRandom } from './random.ts';
import type { FaultScript, LineFault, Trigger } from './script.ts';
import { faultScript } from './script.ts';

type Simulate = (context: SimulatorContext) => Simulator;
type Direction = 'toHost' | 'toDevice';

interface Expected {
  readonly trigger: Trigger;
  left: number;
  readonly step: number;
}

export interface FaultyLineDeps {
  readonly simulate: Simulate;
  readonly context: SimulatorContext;
  /** Takes the line away once what was sent before has left it, and brings it back. */
  readonly unplug: () => Promise<void>;
  readonly plug: () => Promise<void>;
  /** The simulator of another driver, for a script that plugs in a wrong device. */
  readonly other: (driver: string, profile: string) => Simulate;
}

const ownAction = z.strictObject({ script: faultScript });

/**
 * A simulator behind a line on which things go wrong. Without a script it changes nothing. It takes the simulator's own
 * actions and `{ "script": … }`, which begins at once on a line without faults and ends the script before it. Each step it
 * takes is told as an event, `{ "event": "fault", "step": 0, "do": … }`, and the end of the script as `{ "event": "script-ended" }`.
 */
export class FaultyLine implements Simulator {
  readonly #deps: FaultyLineDeps;
  readonly #own: Simulator;
  /** The wrong device in its place. */
  #other: Simulator | undefined;
  #distortion = new Distortion(new SeededRandom(1));
  #mute: 'answers' | 'both' | 'off' = 'off';
  #plugged = true;
  #script: FaultScript = { seed: 1, steps: [] };
  #running = new AbortController();
  /** Bytes or events of this kind, so many times more, until the step with this index. */
  #expected: Expected | undefined;
  readonly #waiting: Uint8Array[] = [];
  #sending = false;
  /** Aborted when what waits to be sent is lost. */
  #line = new AbortController();

  constructor(deps: FaultyLineDeps) {
    this.#deps = deps;
    this.#own = this.#simulated(deps.simulate, () => this.#other === undefined);
  }

  receive(bytes: Uint8Array): void {
    this.#carry('toDevice', bytes, (part) => {
      if (this.#mute !== 'both') (this.#other ?? this.#own).receive(part);
    });
  }

  act(action: Readonly<Record<string, unknown>>): void {
    if (!('script' in action)) {
      this.#own.act(action);
      return;
    }
    this.#running.abort();
    this.#running = new AbortController();
    this.#script = ownAction.parse(action).script;
    this.#clear();
    this.#distortion = new Distortion(new SeededRandom(this.#script.seed));
    this.#arm(0);
  }

  /** Somebody else than a script has plugged it in again. */
  lineIsBack(): void {
    this.#plugged = true;
  }

  stop(): void {
    this.#running.abort();
    this.#expected = undefined;
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
        this.#happened(event['event']);
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

  /** What has not been sent yet never is. */
  #lose(): void {
    this.#line.abort();
    this.#line = new AbortController();
    this.#waiting.length = 0;
    this.#sending = false;
  }

  #send(piece: Uint8Array): void {
    this.#carry('toHost', piece, (part) => this.#deps.context.send(part));
  }

  /** Hands bytes on; a step that waits for one of them strikes right behind it. */
  #carry(direction: Direction, bytes: Uint8Array, deliver: (part: Uint8Array) => void): void {
    let rest = bytes;
    while (rest.length > 0 && this.#plugged) {
      const expected = this.#expected && direction in this.#expected.trigger ? this.#expected : undefined;
      const part = rest.subarray(0, expected?.left ?? rest.length);
      rest = rest.subarray(part.length);
      deliver(part);
      if (expected && expected === this.#expected) this.#count(expected, part.length);
    }
  }

  #happened(name: unknown): void {
    const expected = this.#expected;
    if (expected && 'event' in expected.trigger && expected.trigger.event === name) this.#count(expected, 1);
  }

  #count(expected: Expected, times: number): void {
    expected.left -= times;
    if (expected.left <= 0) this.#take(expected.step);
  }

  #arm(step: number): void {
    this.#expected = undefined;
    const next = this.#script.steps[step];
    if (!next) {
      this.#deps.context.onEvent({ event: 'script-ended' });
      return;
    }
    const trigger = next.after;
    if (!trigger) this.#take(step);
    else if ('ms' in trigger) void this.#takeAfter(trigger.ms, step);
    else this.#expected = { trigger, left: countOf(trigger), step };
  }

  async #takeAfter(milliseconds: number, step: number): Promise<void> {
    const { signal } = this.#running;
    const waited = await this.#deps.context.clock.delay(milliseconds, signal).then(
      () => true,
      () => false,
    );
    if (waited) this.#take(step);
  }

  #take(step: number): void {
    const faults = this.#script.steps[step]?.do;
    if (!faults) return;
    this.#expected = undefined;
    this.#deps.context.onEvent({ event: 'fault', step, do: faults });
    this.#doAll('length' in faults ? faults : [faults], step);
  }

  /** In the same turn as far as possible, so that the next step counts from the very next byte. */
  #doAll(faults: readonly LineFault[], step: number): void {
    const { signal } = this.#running;
    for (const [index, fault] of faults.entries()) {
      const taking = this.#do(fault);
      if (!taking) continue;
      void taking.then(() => {
        if (!signal.aborted) this.#doAll(faults.slice(index + 1), step);
      });
      return;
    }
    this.#arm(step + 1);
  }

  #do(fault: LineFault): Promise<void> | undefined {
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

function countOf(trigger: Trigger): number {
  if ('toHost' in trigger) return trigger.toHost;
  return 'toDevice' in trigger ? trigger.toDevice : 1;
}
