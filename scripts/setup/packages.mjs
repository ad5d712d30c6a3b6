// The npm packages of the checkout.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
  const unfinished = unfinishedMark(root);
  mkdirSync(dirname(unfinished), { recursive: true });
  writeFileSync(unfinished, '');
  // Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, and a lock file written where the
  // registry does not offer all of those lacks them. This installs what the lock file names and leaves the file alone.
  // Without scripts, since npm also compiles what has a binding.gyp and no script, such as better-sqlite3, which carries its
  // addons with it: that takes Node's headers, which few machines have and not all can fetch.
  const done =
    runNpm(root, ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'], say) &&
    runNpm(root, ['rebuild', ...packagesWithScripts(root)], say);
  if (!done) return false;
  rmSync(unfinished);
  const matches = packagesMatch(root);
  say(`npm packages: ${matches ? 'done' : 'what was installed is not what package-lock.json names'}`);
  return matches;
}

/**
 * @param {string} root
 * @param {string[]} args
 * @param {(line: string) => void} say
 */
function runNpm(root, args, say) {
  const [command, ...before] = npmCommand();
  const result = spawnSync(command, [...before, ...args, '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && before.length === 0,
  });
  if (result.status === 0) return true;
  const cause = result.error ? `: ${result.error.message}` : '';
  say(`npm packages: could not be installed${cause}. See the lines above; the command was: npm ${args.join(' ')}`);
  return false;
}

/**
 * Those of this platform that the lock file says have scripts of their own.
 *
 * @param {string} root
 */
export function packagesWithScripts(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted)
    .filter(([path, entry]) => entry.hasInstallScript === true && existsSync(join(root, path)))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
}

/**
 * Lies beside the packages until their scripts are through as well.
 *
 * @param {string} root
 */
function unfinishedMark(root) {
  return join(root, 'node_modules', '.unfinished');
}

/**
 * Whether what npm last finished installing is what the lock file asks for. npm writes node_modules/.package-lock.json at
 * the very end of an install, and our own mark goes after the scripts, so an interrupted one does not match either.
 *
 * @param {string} root
 */
export function packagesMatch(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined || existsSync(unfinishedMark(root))) return false;
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
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean, hasInstallScript?: boolean }> | undefined}
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
