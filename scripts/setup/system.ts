import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

type Say = (line: string) => void;

/** A package by its name, and by the names it has in other releases of Debian and Ubuntu; the first is preferred. */
export type PackageNames = readonly [string, ...string[]];

/** What a run under a virtual display needs; a machine with a desktop has most of it already. */
export const runtimePackages: readonly PackageNames[] = [
  ['xvfb'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  // Chinese glyphs in screenshots.
  ['fonts-noto-cjk'],
  // Pairs of pseudo-terminals for the simulated devices.
  ['socat'],
  // What the HID addon is linked with.
  ['libusb-1.0-0'],
];

/** What only the tests need. */
export const testPackages: readonly PackageNames[] = [
  // The platform's store, for several processes.
  ['postgresql'],
  // Certificates of platform and kiosks.
  ['openssl'],
  // In which order the store calls the disk, and what it does when the disk fails.
  ['strace'],
];

/**
 * Installs the packages that are missing, as root or through a sudo that asks nothing; else names them and the command.
 * Whether one is really needed shows later: set-up goes on without.
 */
export function ensureDebianPackages(packages: readonly PackageNames[], say: Say): void {
  if (process.platform !== 'linux') return;
  const names = packages.map(([name]) => name).join(' ');
  if (!existsSync('/usr/bin/dpkg-query')) {
    say(`system packages: not a Debian system; these, or what your system calls them, are needed: ${names}`);
    return;
  }
  const missing = packages.filter(
    (alternatives) => !alternatives.some((name) => installedPackages(alternatives).has(name)),
  );
  if (missing.length === 0) {
    say(`system packages: already there (${names})`);
    return;
  }
  const prefix = privilegePrefix();
  if (prefix === undefined) {
    tellMissing(missing, say);
    return;
  }
  say(`system packages: installing ${missing.map(([name]) => name).join(' ')}`);
  apt(prefix, ['update']);
  const wanted = missing.map((alternatives) => alternatives.find(isOffered) ?? alternatives[0]);
  const failure = apt(prefix, ['install', '-y', '--no-install-recommends', ...wanted]);
  const still = missing.filter((alternatives) => installedPackages(alternatives).size === 0);
  if (still.length === 0) {
    say('system packages: done');
    return;
  }
  if (failure !== undefined) say(`system packages: apt-get says: ${failure}`);
  tellMissing(still, say);
}

function tellMissing(missing: readonly PackageNames[], say: Say): void {
  const names = missing.map(([name]) => name).join(' ');
  say(`system packages: MISSING ${names}. Install with: sudo apt-get install -y ${names}`);
}

/** Which of the names are installed. */
function installedPackages(names: readonly string[]): ReadonlySet<string> {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], {
    encoding: 'utf8',
  });
  const installed = query.stdout.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(installed.map((line) => line.slice(0, line.indexOf(' '))));
}

function isOffered(name: string): boolean {
  return spawnSync('apt-cache', ['show', '--no-all-versions', name], { stdio: 'ignore' }).status === 0;
}

function privilegePrefix(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

/** @returns the last thing apt-get said when it failed */
function apt(prefix: readonly string[], args: readonly string[]): string | undefined {
  const [command, ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-q',
    '-o',
    'DPkg::Lock::Timeout=300',
    ...args,
  ];
  const result = spawnSync(command ?? 'env', rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status === 0) return undefined;
  return result.error?.message ?? result.stderr.trim().split('\n').at(-1);
}
