// `npm run test:chaos`: core and platform under kills, failing disks, a faulty network and long outages; plain Node.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { play } from '../test/chaos/run.ts';
import type { Scenario } from '../test/chaos/scenario.ts';
import { scenarios } from '../test/chaos/scenarios.ts';
import type { ReportedTest } from './testing/reports.ts';
import { writeReport } from './testing/reports.ts';

const usage = `npm run test:chaos -- [--only NAME] [--seed N] [--rounds N] [--short]
  --only     one scenario: ${scenarios.map(({ name }) => name).join(', ')}
  --seed     the same one gives the same rounds; chance without it. Round by round it goes up by one.
  --rounds   so many of each scenario; with 1 and the seed of a failure, that one again
  --short    the form that is a part of npm test
Exits with 1 when anything was lost, doubled, left in the clear or not as it should be.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
    rounds: { type: 'string' },
    short: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const chosen = scenarios.filter(({ name }) => values.only === undefined || name === values.only);
const seed = Number(values.seed);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const isWhole = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
if (values.help || chosen.length === 0 || !isWhole(seed) || !isWhole(rounds ?? 1)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

const form = values.short ? 'short' : 'long';
console.log(`seed ${seed}, ${form} form`);
const tests: ReportedTest[] = [];
for (const scenario of chosen) tests.push(await told(scenario));
const failed = tests.filter(({ outcome }) => outcome === 'failed').length;
// What a part of it showed is not what all of it shows.
if (form === 'long' && values.only === undefined && rounds === undefined) {
  const reports = join(import.meta.dirname, '../reports');
  mkdirSync(reports, { recursive: true });
  writeReport(join(reports, 'chaos.json'), tests);
}
console.log(failed === 0 ? 'no failure' : `${failed} scenarios failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function told(scenario: Scenario): Promise<ReportedTest> {
  const { name, cannotRun, shows } = scenario;
  const title = shows[form];
  if (cannotRun !== undefined) {
    console.log(`${name.padEnd(12)} skipped: ${cannotRun}`);
    return { title, outcome: 'skipped' };
  }
  const verdict = await play(scenario, form, seed, rounds);
  const counts = Object.entries(verdict.counts).map(([what, count]) => `${count} ${what}`);
  const facts = [`${verdict.rounds} rounds`, `${verdict.seconds.toFixed(0)} s`, ...counts].join(', ');
  console.log(`${name.padEnd(12)} ${verdict.failures.length === 0 ? 'ok' : 'FAILED'}: ${facts}`);
  for (const { seed: at, complaint } of verdict.failures)
    console.error(`  again: npm run test:chaos -- --only ${name} --seed ${at} --rounds 1\n  ${complaint}`);
  const [first] = verdict.failures;
  return first ? { title, outcome: 'failed', complaint: first.complaint } : { title, outcome: 'passed' };
}
