import type { Clock } from '../driver.ts';
import type { FaultScript, LineFault, Trigger } from './script.ts';

export type Direction = 'toHost' | 'toDevice';

export interface ScriptRunDeps {
  readonly clock: Clock;
  readonly onEvent: (event: Readonly<Record<string, unknown>>) => void;
  /** Undefined when it is done at once. */
  readonly perform: (fault: LineFault) => Promise<void> | undefined;
  readonly isPlugged: () => boolean;
}

interface Expected {
  readonly trigger: Trigger;
  left: number;
  readonly step: number;
}

/** Takes the steps of a script when their time, their byte or their event has come. */
export class ScriptRun {
  readonly #deps: ScriptRunDeps;
  #script: FaultScript = { seed: 1, steps: [] };
  #running = new AbortController();
  /** Bytes or events of this kind, so many times more, until the step with this index. */
  #expected: Expected | undefined;

  constructor(deps: ScriptRunDeps) {
    this.#deps = deps;
  }

  /** Ends the script before it. */
  start(script: FaultScript): void {
    this.stop();
    this.#running = new AbortController();
    this.#script = script;
    this.#arm(0);
  }

  stop(): void {
    this.#running.abort();
    this.#expected = undefined;
  }

  /** The bytes in such parts that a step can strike between two of them. Ends when the line is unplugged. */
  *parts(direction: Direction, bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    let rest = bytes;
    while (rest.length > 0 && this.#deps.isPlugged()) {
      const expected = this.#expected && direction in this.#expected.trigger ? this.#expected : undefined;
      const part = rest.subarray(0, expected?.left ?? rest.length);
      rest = rest.subarray(part.length);
      yield part;
      if (expected && expected === this.#expected) this.#count(expected, part.length);
    }
  }

  /** The simulator has told of an event. */
  happened(name: unknown): void {
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
      this.#deps.onEvent({ event: 'script-ended' });
      return;
    }
    const trigger = next.after;
    if (!trigger) this.#take(step);
    else if ('ms' in trigger) void this.#takeAfter(trigger.ms, step);
    else this.#expected = { trigger, left: countOf(trigger), step };
  }

  async #takeAfter(milliseconds: number, step: number): Promise<void> {
    const { signal } = this.#running;
    const waited = await this.#deps.clock.delay(milliseconds, signal).then(
      () => true,
      () => false,
    );
    if (waited) this.#take(step);
  }

  #take(step: number): void {
    const faults = this.#script.steps[step]?.do;
    if (!faults) return;
    this.#expected = undefined;
    this.#deps.onEvent({ event: 'fault', step, do: faults });
    this.#doAll('length' in faults ? faults : [faults], step);
  }

  /** In the same turn as far as possible, so that the next step counts from the very next byte. */
  #doAll(faults: readonly LineFault[], step: number): void {
    const { signal } = this.#running;
    for (const [index, fault] of faults.entries()) {
      const taking = this.#deps.perform(fault);
      if (!taking) continue;
      void taking.then(() => {
        if (!signal.aborted) this.#doAll(faults.slice(index + 1), step);
      });
      return;
    }
    this.#arm(step + 1);
  }
}

function countOf(trigger: Trigger): number {
  if ('toHost' in trigger) return trigger.toHost;
  return 'toDevice' in trigger ? trigger.toDevice : 1;
}
