// The second half of set-up, on the project's own Node: `node scripts/setup/steps.ts test|run|build`.
// `test` makes ready what the tests need, `build` builds the application, `run` does both.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { prepareRuntime } from '../runtime/index.ts';
import { build } from './build.ts';
import { ensureDebianPackages, runtimePackages, testPackages } from './system.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const level = process.argv[2];

function say(line: string): void {
  console.log(`set-up: ${line}`);
}

if (level !== 'build') {
  ensureDebianPackages(level === 'test' ? [...runtimePackages, ...testPackages] : runtimePackages, say);
  try {
    await prepareRuntime(say);
  } catch (error) {
    // Every cause has a message written for the person at the terminal; a stack would hide it.
    say(`Electron: MISSING. ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
if (level !== 'test' && !build(root, say)) process.exit(1);
