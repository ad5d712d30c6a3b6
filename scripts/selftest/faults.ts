import type { MachinePart } from '../../src/contract/self-test.ts';
import type { Machine } from '../../src/core/self-test/machine.ts';
import { BenchProblem } from '../devices/bench.ts';

type Action = Readonly<Record<string, unknown>>;

/** What a self-test is to find. */
export interface PlantedFaults {
  /** Done at simulated devices, by device. */
  readonly actions: ReadonlyMap<string, readonly Action[]>;
  readonly parts: ReadonlySet<MachinePart>;
}

/** Faults of the computer around the devices: one of each part. */
const machineFaults: Readonly<Record<string, MachinePart>> = {
  'network=down': 'network',
  'clock=off': 'clock',
  'disk=full': 'disk',
  'store=damaged': 'store',
  'speaker=absent': 'speaker',
};

/** Words for what a person does at a device; any other word is a fault of the simulator, such as `silent`. */
const actionWords: Readonly<Record<string, Action>> = {
  'paper-out': { paper: 'out' },
  'cover-open': { cover: 'open' },
  'cutter-jammed': { cutter: 'jammed' },
  unplugged: { unplug: true },
};

export const knownFaults = [...Object.keys(machineFaults), ...Object.keys(actionWords).map((word) => `DEVICE=${word}`)];

/** Reads `DEVICE=FAULT`, with a word or the JSON of a simulator's action. */
export function readFaults(wanted: readonly string[]): PlantedFaults {
  const actions = new Map<string, Action[]>();
  const parts = new Set<MachinePart>();
  for (const one of wanted) {
    const part = machineFaults[one];
    if (part) {
      parts.add(part);
      continue;
    }
    const at = one.indexOf('=');
    if (at < 1) throw new BenchProblem(`${one} is no fault: write DEVICE=FAULT, such as printer=paper-out`);
    const [device, fault] = [one.slice(0, at), one.slice(at + 1)];
    actions.set(device, [...(actions.get(device) ?? []), actionOf(fault)]);
  }
  return { actions, parts };
}

function actionOf(fault: string): Action {
  if (!fault.startsWith('{')) return actionWords[fault] ?? { fault };
  try {
    return JSON.parse(fault);
  } catch (error) {
    throw new BenchProblem(`${fault} is no action: ${String(error)}`);
  }
}

/** The computer as the self-test is to see it. */
export function faultyMachine(machine: Machine, { parts }: PlantedFaults): Machine {
  return {
    freeBytes: parts.has('disk') ? async () => 0 : () => machine.freeBytes(),
    isStoreSound: parts.has('store') ? () => false : () => machine.isStoreSound(),
    audioOutputs: parts.has('speaker') ? async () => 0 : () => machine.audioOutputs(),
    without: machine.without,
  };
}
