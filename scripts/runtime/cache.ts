import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { workFolderAgeMs } from './limits.ts';

const sharedFolder = '/var/cache/hall-kiosk';

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Where this user keeps what is expensive to fetch or build. Root keeps it where everybody can read it, since Electron
 * itself runs as an ordinary user.
 */
export function cacheFolder(): string {
  if (isRoot()) return sharedFolder;
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'hall-kiosk', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'hall-kiosk');
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hall-kiosk');
}

/** The entry's path when it is in this user's cache or in the one that root has filled for everybody. */
export function findCached(name: string): string | undefined {
  const own = join(cacheFolder(), name);
  if (existsSync(own)) return own;
  const shared = join(sharedFolder, name);
  // Files there are executed: trust the folder only when root owns it.
  const trusted = process.platform === 'linux' && existsSync(shared) && lstatSync(sharedFolder).uid === 0;
  return trusted ? shared : undefined;
}

/**
 * Makes a cache entry: `fill` works in a folder of its own, whose subfolder or file `entry` it returns, and that is moved
 * into place in one step. Nobody ever sees half an entry, and of two processes making the same one the first wins.
 *
 * @returns the entry's path
 */
export async function makeCached(
  name: string,
  fill: (work: string) => Promise<string>,
  folder = cacheFolder(),
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  removeLeftovers(folder);
  const target = join(folder, name);
  const work = mkdtempSync(join(folder, '.work-'));
  try {
    const made = await fill(work);
    try {
      renameSync(made, target);
    } catch (error) {
      if (!existsSync(target)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith('.work-') && Date.now() - statSync(path).mtimeMs > workFolderAgeMs) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}

/** A short name for a folder's path, for entries that belong to one checkout. */
export function pathKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
