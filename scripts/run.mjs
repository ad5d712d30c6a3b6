// `node scripts/run.mjs NAME [ARGUMENTS]` sets the checkout up as far as NAME needs it, then runs `scripts/NAME.ts` on the
// project's own Node. Plain JavaScript: in a fresh clone this file runs on whatever Node the machine has, and the shell
// that npm started may have remembered that Node, so the second command of an `a && b` line cannot be trusted to be ours.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { projectNode, root, setUp } from './setup.mjs';

/**
 * How much each command needs before it can start; commands not listed need the npm packages only.
 *
 * @type {Record<string, import('./setup.mjs').Level>}
 */
const levels = {
  start: 'run',
  tour: 'run',
  bench: 'run',
  'bench-devices': 'run',
  'bench-core': 'test',
  'test-chaos': 'test',
  package: 'run',
  test: 'test',
};

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  console.error('Usage: node scripts/run.mjs NAME [ARGUMENTS]');
  process.exit(2);
}

const unitOnly = name === 'test' && args[0] === 'unit';
// The report is printed by Electron.
const reports = name === 'selftest' && args.includes('--report');
const level = reports ? 'test' : unitOnly ? 'packages' : (levels[name] ?? 'packages');
if (!(await setUp(level))) process.exit(1);

const child = spawn(projectNode(), [join(root, 'scripts', `${name}.ts`), ...args], { stdio: 'inherit', cwd: root });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // The terminal sends Ctrl-C to the whole group; a lone `kill` reaches only this process, so hand it on.
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  console.error(`Cannot start ${name}: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
