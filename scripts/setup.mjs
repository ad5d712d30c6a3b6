// Sets a checkout up. Plain JavaScript that runs on Node 18 and later without any package: it fetches the npm packages,
// among them the Node the project itself runs on, and leaves the rest to `setup/steps.ts` on that Node.

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { installPackages } from './setup/packages.mjs';
import { withLock } from './setup/lock.mjs';

/**
 * `packages`: npm packages only. `test`: also system packages, Electron and its SQLite. `run`: also the built application.
 *
 * @typedef {'packages' | 'test' | 'run'} Level
 */

/** The checkout's folder. */
export const root = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..'));

const nodeMajorWithTypes = 24;

/**
 * The Node that runs the project's TypeScript: the one in node_modules, or this one when it is new enough.
 *
 * @returns {string}
 */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = join(root, 'node_modules', 'node', 'bin', name);
  if (existsSync(installed)) return installed;
  if (Number.parseInt(process.versions.node, 10) >= nodeMajorWithTypes) return process.execPath;
  throw new Error(
    `No Node ${nodeMajorWithTypes} for ${process.platform}-${process.arch} came with the npm packages, and this one is ${process.version}. ` +
      `Install Node ${nodeMajorWithTypes} (https://nodejs.org) and run the command again.`,
  );
}

/**
 * Does what is still to do and says each step in one line.
 *
 * @param {Level} level
 * @returns {Promise<boolean>} whether the checkout can be used
 */
export async function setUp(level) {
  // Root may work with a closed umask, but Electron runs as an ordinary user, who must be able to read what is made here.
  process.umask(0o022);
  return withLock(root, say, () => {
    if (!installPackages(root, say)) return false;
    if (level === 'packages') return true;
    const steps = join(root, 'scripts', 'setup', 'steps.ts');
    return spawnSync(projectNode(), [steps, level], { stdio: 'inherit', cwd: root }).status === 0;
  });
}

/** @param {string} line */
function say(line) {
  console.log(`set-up: ${line}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await setUp('run')) ? 0 : 1;
}
