// `npm run selftest`: the self-test of a whole kiosk at a terminal, as it does by itself each morning.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchProblem } from './devices/bench.ts';
import { knownFaults, readFaults } from './selftest/faults.ts';
import { configuredPlace, simulatedPlace } from './selftest/place.ts';
import { writeReadiness } from './selftest/readiness.ts';
import { runSelfTest } from './selftest/run.ts';

const usage = `npm run selftest -- (--config FILE --data DIRECTORY | --sim [--data DIRECTORY]) [--attended] [--print] [--report DIRECTORY]
  --config, --data    a kiosk's configuration and what it keeps; stop the kiosk first and be its user
  --sim               simulated devices of every class, and a platform; --platform URL takes another one
  --fault WHAT=FAULT  with --sim, as often as wanted: ${knownFaults.join(', ')},
                      another fault of a simulator (reader=silent) or an action of it as JSON
  --script FILE       with --sim: what goes wrong on the lines, as for npm run sim
  --attended          also what needs a person: cards, keys, codes, pages, the speaker
  --print             a test page comes out; always with --sim and --attended
  --report            writes readiness.txt, readiness.html and readiness.pdf there
Prints a line for each step, and one for each device and part. The result is kept and sent. A device that failed is closed,
one that passed is opened again. Exit code 1 when anything failed, 2 when there was nothing to try.`;

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    data: { type: 'string' },
    sim: { type: 'boolean', default: false },
    platform: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
    script: { type: 'string' },
    attended: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
const say = (line: string): void => console.log(line);
const faults = readFaultsOrExit();

function readFaultsOrExit(): ReturnType<typeof readFaults> {
  try {
    return readFaults(values.fault);
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof BenchProblem)) throw error;
  console.error(error.message);
  process.exit(2);
}

async function place(scratch: string | undefined) {
  const { sim, config, data, script, platform } = values;
  if (sim) {
    const dataDir = data ?? scratch ?? '';
    return simulatedPlace({ dataDir, faults, ...(script && { script }), ...(platform && { platformUrl: platform }) });
  }
  if (config === undefined || data === undefined || script !== undefined || values.fault.length > 0) {
    throw new BenchProblem(usage);
  }
  return configuredPlace(config, data);
}

const scratch = values.sim && values.data === undefined ? mkdtempSync(join(tmpdir(), 'selftest-')) : undefined;
try {
  const tested = await place(scratch);
  const { attended, sim, print } = values;
  try {
    const report = await runSelfTest(tested, { attended, printPage: sim || attended || print, faults }, say);
    process.exitCode = report.verdict === 'failed' ? 1 : 0;
    if (values.report !== undefined) await writeReadiness(report, values.report, say);
  } finally {
    await tested.close();
  }
} catch (error) {
  refuse(error);
} finally {
  if (scratch !== undefined) rmSync(scratch, { recursive: true });
}
