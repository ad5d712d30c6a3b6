// `npm run devices -- COMMAND`: the bench tool for whoever installs or mends a kiosk. Stop the kiosk first: it holds the ports.
import { parseArgs } from 'node:util';
import type { Place } from './devices/bench.ts';
import { BenchProblem, chosen, configuredPlace, simulatedPlace } from './devices/bench.ts';
import { list, print, record, replay, test, watch } from './devices/commands.ts';

const usage = `npm run devices -- (--config FILE | --sim) COMMAND
  list                   the devices and how they are
  watch                  every change, until Ctrl-C
  test [DEVICE]          the self-test of one or all; --attended with cards, keys and codes; --report FILE (.txt or .html)
  print FILE             a text, or a document as JSON
  record DEVICE TRACE    uses a device once and keeps its traffic, personal data replaced
npm run devices -- replay TRACE

DEVICE is an id of the configuration or the name of a model. With --sim there is one simulated device of each model;
--act MODEL=JSON does something at it first, such as --act 'sam-reader={"fault":"silent"}'.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string' },
    sim: { type: 'boolean', default: false },
    attended: { type: 'boolean', default: false },
    report: { type: 'string' },
    act: { type: 'string', multiple: true, default: [] },
  },
});
const say = (line: string): void => console.log(line);

function simulatedActions(): Map<string, Readonly<Record<string, unknown>>[]> {
  const actions = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const wanted of values.act) {
    const at = wanted.indexOf('=');
    const name = wanted.slice(0, at);
    actions.set(name, [...(actions.get(name) ?? []), JSON.parse(wanted.slice(at + 1))]);
  }
  return actions;
}

function place(): Place {
  if (values.sim) return simulatedPlace(simulatedActions());
  if (values.config === undefined) throw new BenchProblem(usage);
  return configuredPlace(values.config);
}

/** True when all is well. */
async function run([command, first, second]: readonly (string | undefined)[]): Promise<boolean> {
  if (command === 'list') return list(place().devices, say);
  if (command === 'test') {
    const { attended, report } = values;
    const { kiosk, devices } = place();
    return test(chosen(devices, first), { attended, kiosk, ...(report === undefined ? {} : { report }) }, say);
  }
  if (command === 'print' && first !== undefined) return print(place().devices, first, say);
  if (command === 'replay' && first !== undefined) return replay(first, say);
  if (command === 'record' && first !== undefined && second !== undefined) {
    const [device] = chosen(place().devices, first);
    if (device) await record(device, second, say);
    return true;
  }
  if (command === 'watch') {
    const stopped = new AbortController();
    process.once('SIGINT', () => stopped.abort());
    await watch(place().devices, say, stopped.signal);
    return true;
  }
  throw new BenchProblem(usage);
}

try {
  process.exitCode = (await run(positionals)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof BenchProblem)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
