import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import { eraseFile, PARTIAL, syncFolder, writeDurably } from '../store/durable-file.ts';
import type { KeyRing } from '../store/key-ring.ts';
import { HEADER_BYTES, MARK_BYTES, SEAL_BYTES } from '../store/seal.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import { attemptWrite } from '../store/write-failure.ts';

/** A UUID as text. */
const ID_BYTES = 36;
const SEALED_ID_BYTES = SEAL_BYTES + ID_BYTES;
/** Whoever has not these bytes has no key to the page. */
const KEYS_BYTES = SEALED_ID_BYTES + HEADER_BYTES;

/**
 * Scanned pages on disk, one file each. Its name is a keyed hash of the id of its outbox row. Inside are the sealed id (121
 * bytes), by which a page that lost its row can still be told, and the sealed page. Files of the first version are named by
 * the id itself and hold the sealed page alone; they are still read.
 */
export class PageFiles {
  readonly #folder: string;
  readonly #keys: KeyRing;

  constructor(folder: string, keys: KeyRing) {
    this.#folder = folder;
    this.#keys = keys;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** On return the page is on the disk itself. */
  write(id: string, jpeg: Uint8Array): Result<void, WriteFailure> {
    const sealedId = this.#keys.sealFor('scan-id').seal(Buffer.from(id), '');
    const page = this.#keys.sealFor('scan').seal(jpeg, id);
    return attemptWrite(() => writeDurably(this.#path(this.#keys.fileNames(id)[0]), Buffer.concat([sealedId, page])));
  }

  read(id: string): Result<Buffer, 'file-missing' | 'broken'> {
    const sealed = this.sealedPage(id);
    return sealed ? this.#keys.sealFor('scan').open(sealed, id) : refused('file-missing');
  }

  /** The page as it lies on the disk, without what else is in its file. */
  sealedPage(id: string): Buffer | undefined {
    const name = this.fileOf(id);
    if (name === undefined) return undefined;
    const bytes = readFileSync(this.#path(name));
    return name === id ? bytes : bytes.subarray(SEALED_ID_BYTES);
  }

  /** The name of the file in which the page is. */
  fileOf(id: string): string | undefined {
    return this.#namesOf(id).find((name) => existsSync(this.#path(name)));
  }

  /** Its keys are overwritten first, so that what a disk keeps of a removed file cannot be opened. */
  remove(id: string): Result<void, WriteFailure> {
    return attemptWrite(() => {
      for (const name of this.#namesOf(id)) eraseFile(this.#path(name), KEYS_BYTES);
    });
  }

  /**
   * Removes what none of these ids names: pages of a visit that a crash ended. Under another device key every name is another
   * one, and none of them could be told: what this key does not open is left for the one that does.
   */
  sweep(needed: () => Iterable<string>): void {
    for (const name of this.#orphans(needed)) if (this.#isOurs(name)) eraseFile(this.#path(name), KEYS_BYTES);
  }

  /** After records were lost a file without one may be the only copy: kept in a folder of its own. */
  setAside(needed: () => Iterable<string>, folderName: string): number {
    const orphans = this.#orphans(needed);
    if (orphans.length === 0) return 0;
    const aside = join(this.#folder, folderName);
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of orphans) renameSync(this.#path(name), join(aside, name));
    syncFolder(aside);
    syncFolder(this.#folder);
    return orphans.length;
  }

  /**
   * Brings every page, also those set aside, under the current key; tells of each whether it could be, as no key opens some.
   * May be broken off at any point and begun again.
   */
  *rewrapAll(): Generator<boolean, void, undefined> {
    const folders = readdirSync(this.#folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const folder of ['', ...folders.map(({ name }) => name)]) {
      for (const name of this.#names(folder)) yield this.#rewrapFile(folder, name);
      syncFolder(join(this.#folder, folder));
    }
  }

  #rewrapFile(folder: string, name: string): boolean {
    const from = this.#path(join(folder, name));
    // What a power cut left of such a file: the one it was made from is still there.
    if (name.endsWith(PARTIAL)) return removed(from);
    const bytes = readFileSync(from);
    const id = this.#idIn(name, bytes);
    if (!id.ok) return false;
    const [current] = this.#keys.fileNames(id.value);
    const page = name === id.value ? bytes : bytes.subarray(SEALED_ID_BYTES);
    // The sealed id and the page were sealed together.
    if (current === name && page.subarray(0, MARK_BYTES).equals(this.#keys.mark)) return true;
    const rewrapped = this.#rewrapped(id.value, page);
    if (!rewrapped.ok) return false;
    writeDurably(this.#path(join(folder, current)), rewrapped.value);
    return current === name || removed(from);
  }

  #idIn(name: string, bytes: Buffer): Result<string, 'broken'> {
    if (name.length === ID_BYTES) return done(name);
    const opened = this.#keys.sealFor('scan-id').open(bytes.subarray(0, SEALED_ID_BYTES), '');
    return opened.ok ? done(opened.value.toString()) : opened;
  }

  #rewrapped(id: string, page: Buffer): Result<Buffer, 'broken'> {
    const rewrapped = this.#keys.rewrap(page, { table: 'scan', rowId: id });
    if (!rewrapped.ok) return rewrapped;
    const newId = this.#keys.sealFor('scan-id').seal(Buffer.from(id), '');
    return done(Buffer.concat([newId, rewrapped.value]));
  }

  #isOurs(name: string): boolean {
    if (name.endsWith(PARTIAL) || name.length === ID_BYTES) return true;
    const sealedId = readFileSync(this.#path(name)).subarray(0, SEALED_ID_BYTES);
    // Its erasure was cut off: overwritten, and not yet removed.
    if (sealedId.every((byte) => byte === 0)) return true;
    return this.#keys.sealFor('scan-id').open(sealedId, '').ok;
  }

  #orphans(needed: () => Iterable<string>): string[] {
    const orphans = new Set(this.#names(''));
    if (orphans.size > 0) for (const id of needed()) for (const name of this.#namesOf(id)) orphans.delete(name);
    return [...orphans];
  }

  #namesOf(id: string): string[] {
    return [...this.#keys.fileNames(id), id];
  }

  #names(folder: string): string[] {
    return readdirSync(join(this.#folder, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function removed(path: string): true {
  rmSync(path);
  return true;
}
