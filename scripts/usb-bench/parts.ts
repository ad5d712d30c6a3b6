import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { findCached, makeCached } from '../runtime/cache.ts';
import { ensureDebianPackages } from '../setup/system.ts';
import { downloadMs } from './limits.ts';

type Say = (line: string) => void;

/** What the virtual machine is made of. */
export type Parts = {
  readonly qemu: string;
  readonly kernel: string;
  /** Kernel modules, in the order in which they can be loaded. */
  readonly modules: readonly string[];
  readonly busybox: string;
};

/** The machine cannot run the bench; the message says why. */
export class PartMissing extends Error {}

const qemu = 'qemu-system-x86_64';
const modinfo = '/usr/sbin/modinfo';
/** Changes when what is kept changes. */
const cacheName = 'usb-bench-2';

/** The host side's drivers, a gadget's, and the controller that joins both inside one machine. */
const wantedModules = [
  'usbhid',
  'hid-generic',
  'cdc-acm',
  'usblp',
  'dummy_hcd',
  'usb_f_hid',
  'usb_f_acm',
  'usb_f_printer',
  'usb_f_mass_storage',
];

/** Finds or fetches everything; what is fetched stays in the user's cache folder. */
export async function findParts(say: Say): Promise<Parts> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new PartMissing('only on Linux x64');
  if (!runs(qemu) || !runs(modinfo)) ensureDebianPackages([['qemu-system-x86'], ['kmod']], say);
  if (!runs(qemu)) throw new PartMissing(`no ${qemu} (Debian package qemu-system-x86)`);
  const kept = findCached(cacheName) ?? (await makeCached(cacheName, (work) => fetchParts(work, say)));
  return {
    qemu,
    kernel: join(kept, 'vmlinuz'),
    modules: readdirSync(join(kept, 'modules'))
      .toSorted()
      .map((name) => join(kept, 'modules', name)),
    busybox: join(kept, 'busybox'),
  };
}

function runs(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Takes Debian's stock kernel and static busybox out of their packages, without installing either. */
async function fetchParts(work: string, say: Say): Promise<string> {
  if (!existsSync('/usr/bin/apt-get')) throw new PartMissing('no Debian packages to take a kernel from');
  say('fetching a kernel and a busybox');
  const [kernelPackage] = dependsOf('linux-image-amd64');
  if (kernelPackage === undefined) throw new PartMissing('apt-get offers no kernel (linux-image-amd64)');
  for (const name of [kernelPackage, 'busybox-static']) {
    run('apt-get', ['-q', 'download', name], work);
    const file = readdirSync(work).find((entry) => entry.startsWith(`${name}_`));
    if (file === undefined) throw new PartMissing(`apt-get did not fetch ${name}`);
    run('dpkg', ['-x', file, 'unpacked'], work);
  }
  const from = join(work, 'unpacked');
  const kept = join(work, 'kept');
  mkdirSync(join(kept, 'modules'), { recursive: true });
  const release = kernelPackage.replace(/^linux-image-/, '');
  copyFileSync(join(from, 'boot', `vmlinuz-${release}`), join(kept, 'vmlinuz'));
  copyFileSync(join(from, 'bin', 'busybox'), join(kept, 'busybox'));
  const all = modulesBelow(join(from, 'lib', 'modules', release));
  for (const [order, path] of inLoadingOrder(all).entries()) {
    const name = basename(path).replace(/\.xz$/, '');
    const target = join(kept, 'modules', `${String(order).padStart(2, '0')}-${name}`);
    copyFileSync(path, path.endsWith('.xz') ? `${target}.xz` : target);
    if (path.endsWith('.xz')) run('xz', ['-d', `${target}.xz`], work);
  }
  return kept;
}

/** The first time on a new machine the package lists have to be fetched, which only root can do. */
function dependsOf(name: string): readonly string[] {
  const ask = (): string => spawnSync('apt-cache', ['depends', '--important', name], { encoding: 'utf8' }).stdout;
  let answer = ask();
  if (!answer.includes('Depends:') && process.getuid?.() === 0) {
    run('apt-get', ['-q', 'update'], '/');
    answer = ask();
  }
  return [...answer.matchAll(/Depends: (\S+)/g)].flatMap(([, found]) => (found === undefined ? [] : [found]));
}

/** Paths by module name; in names `-` and `_` are the same. */
function modulesBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ko(\.xz)?$/.test(name));
  return new Map(files.map((name) => [moduleName(name), join(folder, name)]));
}

function moduleName(file: string): string {
  return basename(file)
    .replace(/\.ko(\.xz)?$/, '')
    .replaceAll('-', '_');
}

function inLoadingOrder(all: ReadonlyMap<string, string>): readonly string[] {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    const path = all.get(name);
    // What is no module of its own is in the kernel itself.
    if (path === undefined || ordered.has(path)) return;
    for (const needed of dependenciesOf(path)) add(moduleName(needed));
    ordered.add(path);
  };
  for (const name of wantedModules) add(moduleName(name));
  return [...ordered];
}

function dependenciesOf(path: string): readonly string[] {
  const { stdout, error } = spawnSync(modinfo, ['-F', 'depends', path], { encoding: 'utf8' });
  if (error) throw new PartMissing('no modinfo (Debian package kmod)');
  return stdout
    .trim()
    .split(',')
    .filter((name) => name !== '');
}

function run(command: string, args: readonly string[], folder: string): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: downloadMs });
  if (status === 0) return;
  const said = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  throw new PartMissing(`${command} ${args.join(' ')} failed: ${said}`);
}
