import { closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a new or renamed entry of a folder survive a power cut. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder for this; NTFS journals the entry itself.
  if (process.platform !== 'win32') sync(folder, 'r');
}

/** Makes what somebody else wrote into a file survive a power cut. */
export function syncFile(path: string): void {
  sync(path, 'r+');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** How the name of a file ends that is not whole yet. */
export const PARTIAL = '.partial';

/** Writes a whole file so that after the return it is there in full, and before that not under this name. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  const partial = `${path}${PARTIAL}`;
  try {
    const handle = openSync(partial, 'w', 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Overwrites the first bytes of a file, on the disk itself, and removes it. No harm when there is none. */
export function eraseFile(path: string, bytes: number): void {
  if (!existsSync(path)) return;
  const handle = openSync(path, 'r+');
  try {
    writeSync(handle, Buffer.alloc(Math.min(bytes, fstatSync(handle).size)), 0, undefined, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  rmSync(path);
}
