import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const KEY_BYTES = 32;
const OWNER_ONLY = 0o600;
/** The file of a key that is to follow: as long as it is there, data at rest is under either. */
const NEXT = '.next';

/** How a key lies in its file. */
export interface KeyForm {
  store(key: Buffer): Buffer;
  open(stored: Buffer): Buffer;
}

/** In a file that only its owner may read. */
export const plainForm: KeyForm = { store: (key) => key, open: (stored) => stored };

export interface Keys {
  readonly key: Buffer;
  /** Opens what is not under `key` yet. */
  readonly former?: Buffer;
}

/**
 * The file of the device key, and beside it, during a rotation, that of the next one. A power cut at any point leaves one
 * whole key or both.
 */
export class KeyFiles {
  readonly #path: string;
  readonly #form: KeyForm;

  constructor(path: string, form: KeyForm) {
    this.#path = path;
    this.#form = form;
  }

  /** Makes the first key when there is none. */
  async load(): Promise<Keys> {
    const next = await this.#read(this.#path + NEXT);
    const present = await this.#read(this.#path);
    if (next) return present ? { key: next, former: present } : { key: next };
    return { key: present ?? (await this.#write(this.#path, randomBytes(KEY_BYTES))) };
  }

  /** Takes over keys from elsewhere, where there are none yet. */
  async keep({ key, former }: Keys): Promise<void> {
    if (former) await this.#write(this.#path + NEXT, key);
    await this.#write(this.#path, former ?? key);
  }

  /** Begins a rotation, or goes on with one that was begun. */
  async begin(): Promise<void> {
    await this.load();
    if (!(await this.#read(this.#path + NEXT))) await this.#write(this.#path + NEXT, randomBytes(KEY_BYTES));
  }

  /** Nothing is under the former key any more: it is replaced by the next one. No harm when no rotation was begun. */
  async settle(): Promise<void> {
    if (!(await this.#read(this.#path + NEXT))) return;
    await rename(this.#path + NEXT, this.#path);
    await syncFolderOf(this.#path);
  }

  async #read(path: string): Promise<Buffer | undefined> {
    let stored: Buffer;
    try {
      stored = await readFile(path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) await chmod(path, OWNER_ONLY);
    const key = this.#form.open(stored);
    if (key.length !== KEY_BYTES)
      throw new Error('the device key file is damaged: restore it, or the data at rest is lost');
    return key;
  }

  /** Synced before use: a key lost in a power cut would take all data sealed with it along. */
  async #write(path: string, key: Buffer): Promise<Buffer> {
    const file = await open(`${path}.partial`, 'w', OWNER_ONLY);
    try {
      await file.writeFile(this.#form.store(key));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.partial`, path);
    await syncFolderOf(path);
    return key;
  }
}

async function syncFolderOf(path: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals the entry itself.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
