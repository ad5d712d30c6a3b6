import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../domain/result.ts';
import { refused } from '../../domain/result.ts';
import { syncFolder, writeDurably } from '../store/durable-file.ts';
import type { Seal } from '../store/seal.ts';
import type { WriteFailure } from '../store/write-failure.ts';
import { attemptWrite } from '../store/write-failure.ts';

/** Scanned pages on disk: one sealed file each, named by the id of its outbox row. */
export class PageFiles {
  readonly #folder: string;
  readonly #seal: Seal;

  constructor(folder: string, seal: Seal) {
    this.#folder = folder;
    this.#seal = seal;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** On return the page is on the disk itself. */
  write(id: string, jpeg: Uint8Array): Result<void, WriteFailure> {
    return attemptWrite(() => writeDurably(this.#path(id), this.#seal.seal(jpeg, id)));
  }

  read(id: string): Result<Buffer, 'file-missing' | 'broken'> {
    const path = this.#path(id);
    return existsSync(path) ? this.#seal.open(readFileSync(path), id) : refused('file-missing');
  }

  remove(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  /** Removes what no waiting record names: pages of a visit that a crash ended, and of a delivery acknowledged just before one. */
  sweep(isNeeded: (id: string) => boolean): void {
    for (const name of this.#names()) if (!isNeeded(name)) this.remove(name);
  }

  /** After records were lost a file without one may be the only copy: kept in a folder of its own. */
  setAside(isNeeded: (id: string) => boolean, folderName: string): number {
    const orphans = this.#names().filter((name) => !isNeeded(name));
    if (orphans.length === 0) return 0;
    const aside = join(this.#folder, folderName);
    mkdirSync(aside, { recursive: true, mode: 0o700 });
    for (const name of orphans) renameSync(this.#path(name), join(aside, name));
    syncFolder(aside);
    syncFolder(this.#folder);
    return orphans.length;
  }

  #names(): string[] {
    return readdirSync(this.#folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
  }

  #path(id: string): string {
    return join(this.#folder, id);
  }
}
