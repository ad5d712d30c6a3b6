import { z } from 'zod';
import type { ServiceSimulatorContext, Simulator } from '../driver.ts';
import { Distortion } from './distortion.ts';
import { SeededRandom } from './random.ts';
import { ScriptRun } from './script-run.ts';
import type { LineFault } from './script.ts';
import { faultScript } from './script.ts';

type Action = Readonly<Record<string, unknown>>;
type Simulated = Pick<Simulator, 'act' | 'stop'>;

export interface FaultyDeviceDeps<D extends Simulated, C extends ServiceSimulatorContext> {
  readonly simulate: (context: C) => D;
  readonly context: C;
  /** Takes the device off its line or network, once what was sent before has left it, and brings it back. */
  readonly unplug: () => Promise<void>;
  readonly plug: () => Promise<void>;
  /** The simulator of another driver, for a script that plugs in a wrong device. */
  readonly other: (driver: string, profile: string) => (context: C) => D;
}

const scriptAction = z.strictObject({ script: faultScript });

/**
 * A simulator to which things happen by a script, whatever carries its bytes. Without a script nothing does. It takes the
 * simulator's own actions and `{ "script": … }`, which begins at once without faults and ends the script before it. Each step it
 * takes is told as an event, `{ "event": "fault", "step": 0, "do": … }`, and the end of the script as `{ "event": "script-ended" }`.
 */
export abstract class FaultyDevice<D extends Simulated, C extends ServiceSimulatorContext> {
  protected readonly deps: FaultyDeviceDeps<D, C>;
  protected readonly run: ScriptRun;
  protected distortion = new Distortion(new SeededRandom(1));
  protected mute: 'answers' | 'both' | 'off' = 'off';
  protected plugged = true;
  readonly #own: D;
  /** The wrong device in its place. */
  #other: D | undefined;

  constructor(deps: FaultyDeviceDeps<D, C>) {
    const { clock, onEvent } = deps.context;
    this.deps = deps;
    this.run = new ScriptRun({
      clock,
      onEvent,
      perform: (fault) => this.perform(fault),
      isPlugged: () => this.plugged,
    });
    this.#own = deps.simulate(this.contextOf(() => this.#other === undefined));
  }

  act(action: Action): void {
    if (!('script' in action)) {
      this.#own.act(action);
      return;
    }
    const { script } = scriptAction.parse(action);
    this.run.stop();
    this.#clear();
    this.distortion = new Distortion(new SeededRandom(script.seed));
    this.run.start(script);
  }

  /** Somebody else than a script has plugged it in again. */
  lineIsBack(): void {
    this.plugged = true;
  }

  stop(): void {
    this.run.stop();
    this.lose();
    this.#own.stop();
    this.#other?.stop();
  }

  /** What a simulator is given; `isThere` while it is the one that is plugged in. */
  protected abstract contextOf(isThere: () => boolean): C;

  /** What is on its way never arrives. */
  protected abstract lose(): void;

  protected setMute(mute: 'answers' | 'both' | 'off'): void {
    this.mute = mute;
  }

  /** The device that is plugged in, be it the wrong one. */
  protected get present(): D {
    return this.#other ?? this.#own;
  }

  protected told(event: Action): void {
    this.deps.context.onEvent(event);
    this.run.happened(event['event']);
  }

  /** Undefined when it is done at once. */
  protected perform(fault: LineFault): Promise<void> | undefined {
    if (this.distortion.set(fault)) return undefined;
    if ('mute' in fault) this.setMute(fault.mute);
    else if ('clear' in fault) this.#clear();
    else if ('otherDevice' in fault) this.#exchange(fault.otherDevice);
    else if ('act' in fault) this.#own.act(fault.act);
    else if ('unplug' in fault) return this.#unplug();
    else if ('plug' in fault) return this.#plug();
    return undefined;
  }

  #clear(): void {
    this.distortion.clear();
    if (this.mute !== 'off') this.setMute('off');
    this.#exchange('off');
  }

  #exchange(device: Extract<LineFault, { otherDevice: unknown }>['otherDevice']): void {
    this.#other?.stop();
    this.#other = undefined;
    if (device === 'off') return;
    this.#other = this.deps.other(device.driver, device.profile)(this.contextOf(() => this.#other !== undefined));
  }

  #unplug(): Promise<void> {
    this.plugged = false;
    this.lose();
    return this.deps.unplug();
  }

  #plug(): Promise<void> {
    this.lineIsBack();
    return this.deps.plug();
  }
}
