import {
  closeSync,
  createWriteStream,
  mkdirSync,
  openSync,
  readSync,
  fstatSync,
  createReadStream,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly offset: number;
  readonly mode: number;
};

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const endOfDirectoryBytes = 22;
const longestComment = 0xffff;
const symbolicLink = 0o120000;
const typeMask = 0o170000;

/**
 * Unpacks the entries of a zip file that `wanted` asks for, with their permissions. Reads what .ZIP File Format
 * Specification (APPNOTE) 4.3 describes, without encryption, zip64 and several discs, which throw.
 *
 * @param wanted gets each entry's name and answers the path to write it to, relative to `folder`, or nothing to leave it
 */
export async function unzip(file: string, folder: string, wanted: (name: string) => string | undefined): Promise<void> {
  const descriptor = openSync(file, 'r');
  try {
    for (const entry of readDirectory(descriptor)) {
      const path = entry.name.endsWith('/') ? undefined : wanted(entry.name);
      if (path === undefined) continue;
      if (normalize(path).startsWith(`..${sep}`)) throw new Error(`The zip file wants to write outside: ${path}`);
      await extract(file, descriptor, entry, join(folder, path));
    }
  } finally {
    closeSync(descriptor);
  }
}

async function extract(file: string, descriptor: number, entry: Entry, target: string): Promise<void> {
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`Unknown compression ${entry.method} of ${entry.name}`);
  mkdirSync(dirname(target), { recursive: true });
  const header = read(descriptor, entry.offset, 30);
  if (header.readUInt32LE(0) !== localHeader) throw new Error(`No local header for ${entry.name}`);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if ((entry.mode & typeMask) === symbolicLink) {
    symlinkSync(read(descriptor, start, entry.packed).toString('utf8'), target);
    return;
  }
  const mode = (entry.mode & 0o777) | 0o444;
  if (entry.packed === 0) {
    writeFileSync(target, '', { mode });
    return;
  }
  const input = createReadStream(file, { start, end: start + entry.packed - 1 });
  const output = createWriteStream(target, { mode });
  await (entry.method === 8 ? pipeline(input, createInflateRaw(), output) : pipeline(input, output));
}

function readDirectory(descriptor: number): Entry[] {
  const size = fstatSync(descriptor).size;
  const tailLength = Math.min(size, endOfDirectoryBytes + longestComment);
  const tail = read(descriptor, size - tailLength, tailLength);
  let end = tail.length - endOfDirectoryBytes;
  while (end >= 0 && tail.readUInt32LE(end) !== endOfDirectory) end -= 1;
  if (end < 0) throw new Error('Not a zip file');
  const count = tail.readUInt16LE(end + 10);
  const directory = read(descriptor, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== directoryEntry) throw new Error('Damaged zip directory');
    const nameLength = directory.readUInt16LE(at + 28);
    const packed = directory.readUInt32LE(at + 20);
    const offset = directory.readUInt32LE(at + 42);
    if (packed === 0xffffffff || offset === 0xffffffff) throw new Error('zip64 is not supported');
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed,
      offset,
      mode: directory.readUInt32LE(at + 38) >>> 16,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function read(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const count = readSync(descriptor, buffer, done, length - done, position + done);
    if (count === 0) throw new Error('The zip file ends too early');
    done += count;
  }
  return buffer;
}
