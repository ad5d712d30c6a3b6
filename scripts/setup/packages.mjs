// The npm packages of the checkout.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Brings node_modules to what package-lock.json says; does nothing when it is so already.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {boolean}
 */
export function installPackages(root, say) {
  if (packagesMatch(root)) {
    say('npm packages: already there');
    return true;
  }
  say('npm packages: installing (about a minute)');
  const [command, ...before] = npmCommand();
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, and a lock file written where the
  // registry does not offer all of those lacks them. This installs what the lock file names and leaves the file alone.
  const install = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync(command, [...before, ...install], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && before.length === 0,
  });
  if (result.status === 0 && packagesMatch(root)) {
    say('npm packages: done');
    return true;
  }
  const cause = result.error ? `: ${result.error.message}` : '';
  say(`npm packages: could not be installed${cause}. See the lines above; the command was: npm install --no-save`);
  return false;
}

/**
 * Whether what npm last finished installing is what the lock file asks for. npm writes node_modules/.package-lock.json at
 * the very end of an install, so an interrupted one does not match either.
 *
 * @param {string} root
 */
export function packagesMatch(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link === true) continue;
    const installed = present[path];
    // Packages for other platforms are optional and stay out.
    if (installed === undefined && entry.optional !== true) return false;
    if (installed !== undefined && installed.version !== entry.version) return false;
  }
  return existsSync(join(root, 'node_modules', '.bin'));
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | undefined}
 */
function lockedPackages(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const running = process.env['npm_execpath'];
  if (running !== undefined && /npm-cli\.c?js$/.test(running)) return [process.execPath, running];
  return ['npm'];
}
