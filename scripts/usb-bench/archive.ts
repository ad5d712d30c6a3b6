import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** An archive of the kind that Linux unpacks as its first file system (cpio, `newc`). */
export class RootArchive {
  readonly #parts: Buffer[] = [];
  readonly #known = new Set<string>();

  folder(path: string): void {
    if (path === '.' || path === '/' || this.#known.has(path)) return;
    this.folder(dirname(path));
    this.#add(path, 0o040755, Buffer.alloc(0));
  }

  file(path: string, content: Buffer, executable = false): void {
    this.folder(dirname(path));
    this.#add(path, executable ? 0o100755 : 0o100644, content);
  }

  /** A file of this machine with what it says about itself. */
  copy(source: string, path = source): void {
    // What a link points to, so that libraries are found by the names they are asked for.
    this.file(path, readFileSync(source), true);
  }

  /** A folder of this machine with all below it that `wanted` lets through. */
  copyTree(source: string, path: string, wanted: (path: string) => boolean): void {
    for (const name of readdirSync(source)) {
      const from = join(source, name);
      if (!wanted(from)) continue;
      const to = join(path, basename(from));
      if (lstatSync(from).isDirectory()) this.copyTree(from, to, wanted);
      else this.copy(from, to);
    }
  }

  bytes(): Buffer {
    return Buffer.concat([...this.#parts, ...entry('TRAILER!!!', 0, Buffer.alloc(0), 0)]);
  }

  #add(path: string, mode: number, content: Buffer): void {
    if (this.#known.has(path)) return;
    this.#known.add(path);
    this.#parts.push(...entry(path.replace(/^\//, ''), mode, content, this.#known.size));
  }
}

/** Header fields in hexadecimal: inode, mode, owner, group, links, time, size, four device numbers, length of the name, no checksum. */
function entry(name: string, mode: number, content: Buffer, inode: number): Buffer[] {
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, Buffer.byteLength(name) + 1, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`);
  return [header, padding(header.length), content, padding(content.length)];
}

function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
