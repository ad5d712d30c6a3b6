// Root may keep its checkout where nobody else may look (below /root, or made under a closed umask). Electron, which runs as
// another user, then gets its own view of the file system: a mount namespace in which the checkout is at its usual path and
// can be read. Nothing outside that view changes.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import { cacheFolder, pathKey } from '../runtime/cache.ts';
import { Problem } from './problem.ts';

/** A folder of the real file system and where the user finds it. */
type Bind = { readonly source: string; readonly target: string };

/** Covered inside the view only. */
const stage = '/var/lib/hall-kiosk/view';

const mayPass = 0o001;
const mayRead = 0o004;

/** The uppermost folder on the way to `path` that other users may not pass. */
export function closedAncestor(path: string, mode: (folder: string) => number): string | undefined {
  const parts = path.split(sep).slice(1, -1);
  for (let count = 1; count <= parts.length; count += 1) {
    const folder = `/${parts.slice(0, count).join('/')}`;
    if ((mode(folder) & mayPass) === 0) return folder;
  }
  return undefined;
}

/**
 * The command that runs another one where `root` can be read and `writable` can be reached by ordinary users. It is to be
 * run by root, and the other command has to give up root's powers by itself.
 *
 * @param readable files and folders that must be readable; only the checkout is copied when its files are closed
 * @returns the prefix to put before the command: empty when nothing is in the way
 * @throws {Problem} when the view cannot be made
 */
export function viewPrefix(root: string, readable: readonly string[], writable: readonly string[]): string[] {
  const copy = filesAreClosed(root) ? readableCopy(root, writable) : undefined;
  const binds: Bind[] = [{ source: copy ?? root, target: root }];
  for (const path of [...readable, ...writable]) {
    if (!isInside(root, path) || (copy !== undefined && writable.includes(path)))
      binds.push({ source: path, target: path });
  }
  const closed = new Set(
    binds.map(({ target }) => closedAncestor(target, modeOf)).filter((folder) => folder !== undefined),
  );
  if (closed.size === 0 && copy === undefined) return [];
  if (spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status !== 0) {
    throw new Problem(
      `Electron runs as an ordinary user, who cannot read ${root}. Move the checkout to a folder that everybody may read, or use an ordinary account.`,
    );
  }
  const needed = binds.filter(({ source, target }) => source !== target || isBelowAny(closed, target));
  return ['unshare', '--mount', '--propagation', 'private', '--', 'sh', '-c', mountScript(needed, [...closed]), 'sh'];
}

function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function isBelowAny(folders: ReadonlySet<string>, path: string): boolean {
  return [...folders].some((folder) => isInside(folder, path));
}

/**
 * Shell commands for the new view: hold what is needed, cover the closed folders with empty ones, put it back at its place.
 * The sources are held at a place of their own meanwhile, since covering hides their paths.
 */
export function mountScript(binds: readonly Bind[], closed: readonly string[]): string {
  const held = binds.map((bind, index) => ({ ...bind, hold: join(stage, String(index)) }));
  return [
    'set -e',
    `mkdir -p ${stage}; mount -t tmpfs -o mode=755 none ${stage}`,
    ...held.map(({ source, hold }) => `${holder(source, quote(hold))}; mount --bind ${quote(source)} ${quote(hold)}`),
    ...closed.map((folder) => `mount -t tmpfs -o mode=755 none ${quote(folder)}`),
    ...held.map(
      ({ source, target, hold }) => `${holder(source, quote(target))}; mount --bind ${quote(hold)} ${quote(target)}`,
    ),
    // The working folder was opened before; by its new path it can be named again.
    `cd ${quote(binds[0]?.target ?? '/')}`,
    'exec "$@"',
  ].join('\n');
}

function modeOf(folder: string): number {
  return statSync(folder).mode;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function holder(source: string, quotedPath: string): string {
  const isFile = existsSync(source) && lstatSync(source).isFile();
  return isFile ? `mkdir -p "$(dirname ${quotedPath})"; touch ${quotedPath}` : `mkdir -p ${quotedPath}`;
}

function filesAreClosed(root: string): boolean {
  const samples = [
    '.',
    'package.json',
    'scripts',
    'scripts/run.mjs',
    'node_modules',
    'node_modules/electron/package.json',
  ];
  return samples.some((name) => {
    const path = join(root, name);
    return existsSync(path) && (statSync(path).mode & mayRead) === 0;
  });
}

/** Brings a copy of the checkout up to date that everybody may read. */
function readableCopy(root: string, writable: readonly string[]): string {
  const copy = join(cacheFolder(), `checkout-${pathKey(root)}`);
  mkdirSync(copy, { recursive: true });
  const names = readdirSync(root).filter((name) => name !== '.git' && !writable.includes(join(root, name)));
  for (const name of readdirSync(copy)) if (!names.includes(name)) rmSync(join(copy, name), { recursive: true });
  for (const name of names) {
    if (name === 'node_modules' && sameFile(join(root, packagesStamp), join(copy, packagesStamp))) continue;
    rmSync(join(copy, name), { recursive: true, force: true });
    cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  // The mount points of folders that are written to.
  for (const path of writable)
    if (isInside(root, path)) mkdirSync(join(copy, path.slice(root.length)), { recursive: true });
  spawnSync('chmod', ['-R', 'a+rX', copy]);
  return copy;
}

const packagesStamp = join('node_modules', '.package-lock.json');

function sameFile(first: string, second: string): boolean {
  return existsSync(first) && existsSync(second) && readFileSync(first).equals(readFileSync(second));
}
