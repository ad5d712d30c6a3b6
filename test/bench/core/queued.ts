import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeConfig } from '../../fixtures/core-bench.ts';
import { queueCases } from '../../fixtures/queued-cases.ts';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { RunningCore } from './running-core.ts';

const ROUNDS = 7;
const MEMORY_TARGET = 1.3;
const START_TARGET = 1.5;
const MIB = 1_048_576;

/** Of the promised days, so that the queue has many deadlines. */
const PROMISED_DAYS = 20;

interface Taken {
  readonly startMs: number;
  readonly residentMiB: number;
}

/** What a long outage costs a kiosk. */
export function queued(cases: number): Measure {
  return {
    name: 'queued',
    explanation:
      `Core with ${cases} cases that wait, against the same with none: from starting the process until it is in service, and ` +
      'what is resident after it looked for the platform and collected its garbage; by turns, medians of the ratios.',
    run: (context) => run(context, cases),
  };
}

async function run({ folder, say }: BenchContext, cases: number): Promise<Measured> {
  const empty = fill(join(folder, 'empty'), 0);
  const full = fill(join(folder, 'full'), cases);
  // The first start of each fills the caches of the machine.
  const first = { empty: await take(empty, 0), full: await take(full, cases) };
  const rounds: { readonly empty: Taken; readonly full: Taken }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ empty: await take(empty, 0), full: await take(full, cases) });
  }
  const both = (part: keyof Taken) =>
    `${median(rounds.map((round) => round.empty[part])).toFixed(0)} empty, ` +
    `${median(rounds.map((round) => round.full[part])).toFixed(0)} with ${cases} cases`;
  say(`medians: MiB resident ${both('residentMiB')}; ms until in service ${both('startMs')}`);
  const ratio = (part: keyof Taken) => median(rounds.map((round) => round.full[part] / round.empty[part]));
  return {
    rows: [
      { name: 'memory-queued', value: ratio('residentMiB'), target: MEMORY_TARGET },
      { name: 'start-queued', value: ratio('startMs'), target: START_TARGET },
    ],
    raw: { cases, first, rounds },
  };
}

/** The store of a kiosk that was cut off while so many cases were handed in, a minute after each other. */
function fill(folder: string, cases: number): string {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const now = Date.now();
  function* handedIn() {
    for (let serial = 0; serial < cases; serial += 1) {
      yield {
        serial,
        handedInAt: new Date(now - (cases - serial) * 60_000),
        promisedDays: serial % PROMISED_DAYS,
      };
    }
  }
  queueCases(dataDir, handedIn());
  return folder;
}

/** Nobody listens where its platform should be, so all stays in the queue. */
async function take(folder: string, cases: number): Promise<Taken> {
  const before = performance.now();
  const core = await RunningCore.start(folder, writeConfig(folder, 'http://127.0.0.1:9'));
  try {
    const { waiting } = await core.until(({ outOfService }) => outOfService === undefined);
    const startMs = performance.now() - before;
    if (waiting !== cases) throw new Error(`${waiting} cases wait, not ${cases}`);
    await core.until(({ platform }) => platform === 'unreachable');
    return { startMs, residentMiB: (await core.residentBytes()) / MIB };
  } finally {
    await core.stop();
  }
}
