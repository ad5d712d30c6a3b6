// `npm test`: every check and every test. `npm run test:unit` and `npm run test:e2e -- FILE` run a part.

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { runInWorld } from './electron-env.ts';
import type { Counts, ReportedTest } from './testing/reports.ts';
import { countTests, readReport, summaryLine } from './testing/reports.ts';
import type { Step } from './testing/steps.ts';
import { stepsOf } from './testing/steps.ts';

const root = join(import.meta.dirname, '..');
const snapshots = 'test/e2e/snapshots';

const args = process.argv.slice(2);
const steps = stepsOf(args);
if (steps === undefined) {
  console.error('Usage: npm test, npm run test:unit [-- FILE], npm run test:e2e [-- FILE]');
  process.exit(2);
}

type Run = { readonly counts: Counts; readonly tests: readonly ReportedTest[] };

const results: (Run & { step: Step; seconds: number })[] = [];
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  const start = performance.now();
  const run = await runStep(step);
  results.push({ ...run, step, seconds: (performance.now() - start) / 1000 });
}

console.log('');
for (const { step, counts, seconds } of results) {
  const verdict = counts.failed > 0 ? 'FAILED ' : counts.passed > 0 ? 'ok     ' : 'skipped';
  const detail = step.report === undefined ? '' : `  ${summaryLine([counts])}`;
  console.log(`${verdict} ${step.name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s${detail}`);
}
const testsOf = (outcome: ReportedTest['outcome'], ran: typeof results): ReportedTest[] =>
  ran.flatMap(({ tests }) => tests.filter((test) => test.outcome === outcome));
for (const { title } of testsOf(
  'skipped',
  results.filter(({ step }) => step.maySkip),
))
  console.log(`skipped: ${title}`);
for (const { title, complaint } of testsOf('failed', results)) {
  console.log(`failed: ${title}${complaint === undefined ? '' : `\n  ${complaint}`}`);
}
console.log(summaryLine(results.map(({ counts }) => counts)));
process.exitCode = results.some(({ counts }) => counts.failed > 0) ? 1 : 0;

async function runStep(step: Step): Promise<Run> {
  const report = step.report === undefined ? undefined : join(root, step.report);
  // A report of an earlier run must not stand in for one that this run fails to write.
  if (report !== undefined) rmSync(report, { force: true });
  const exitCode = await runTool(step);
  if (report !== undefined) {
    const tests = readReport(report);
    return { counts: countTests(tests, exitCode, step.maySkip), tests: tests ?? [] };
  }
  return { counts: { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }, tests: [] };
}

function runTool(step: Step): Promise<number> {
  if (step.electron === true) {
    const update = step.args.some((argument) => argument === '-u' || argument.startsWith('--update-snapshots'));
    return runInWorld(process.execPath, step.args, {
      headless: true,
      outputs: update ? ['reports', snapshots] : ['reports'],
    });
  }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, step.args, { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
