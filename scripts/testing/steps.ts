import { join } from 'node:path';

/** One step of `npm test`. */
export type Step = {
  readonly name: string;
  /** Arguments for the project's Node: a script or a tool's program, and what it gets. */
  readonly args: readonly string[];
  /** The tool's report of its tests, from the checkout. A step without one is a single check: it passes or fails. */
  readonly report?: string;
  /** Whether it starts Electron and so runs as an ordinary user with a display. */
  readonly electron?: boolean;
  /** Whether it may say, in its report and on a line of its own, that it cannot run on this machine and why. */
  readonly maySkip?: boolean;
};

const tool = (...path: string[]): string => join('node_modules', ...path);
const script = (name: string): string => join('scripts', name);

const vitest = (name: string, projects: readonly string[], rest: readonly string[]): Step => {
  const report = `reports/${name}.json`;
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  return { name, args: [tool('vitest', 'vitest.mjs'), 'run', ...chosen, ...output, ...rest], report };
};

/** In one run, so that what either covers counts together; vitest.config.ts says how much that must be. */
const tests = vitest('tests', ['unit', 'integration'], ['--coverage']);

const build: Step = { name: 'build', args: [script('setup/steps.ts'), 'build'] };

const e2e = (rest: readonly string[]): Step => ({
  name: 'e2e',
  args: [tool('@playwright', 'test', 'cli.js'), 'test', ...rest],
  report: 'reports/e2e.json',
  electron: true,
});

const checks: readonly Step[] = [
  { name: 'format', args: [tool('oxfmt', 'bin', 'oxfmt'), '--check', '.'] },
  { name: 'lint', args: [tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-p', '.'] },
  { name: 'layers', args: [script('layers.ts')] },
  { name: 'bans', args: [script('bans.ts')] },
  { name: 'unused code', args: [tool('knip', 'bin', 'knip.js')] },
  { name: 'messages', args: [script('messages.ts')] },
];

/** In a virtual machine, which not every machine can have. */
const usb: Step = { name: 'usb', args: [script('usb-bench.ts')], report: 'reports/usb.json', maySkip: true };

/** After the tests, whose reports it reads: a title must not name a feature that there is not. */
const features: Step = { name: 'features', args: [script('features.ts'), '--check'] };

/**
 * The steps of a run: all of them, or with `unit`, `integration` or `e2e` only that part, where the further arguments go
 * to the tool (a file, `-t NAME`, …).
 *
 * @returns nothing for a part that there is not
 */
export function stepsOf(args: readonly string[]): readonly Step[] | undefined {
  const [part, ...rest] = args;
  if (part === undefined) return [...checks, tests, build, usb, e2e([]), features];
  if (part === 'unit' || part === 'integration') return [vitest(part, [part], rest)];
  return part === 'e2e' ? [build, e2e(rest)] : undefined;
}
