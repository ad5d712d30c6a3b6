import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { unzip } from './unzip.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Source = { name: string; text: string; mode?: number; stored?: boolean };

/** A zip file after APPNOTE 4.3, with everything that these tests read. */
function zip(sources: readonly Source[], comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, mode = 0o100644, stored = false } of sources) {
    const data = Buffer.from(text);
    const packed = stored ? data : deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(stored ? 0 : 8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(stored ? 0 : 8, 10);
    entry.writeUInt32LE(crc32(data), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(sources.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, listing, end, Buffer.from(comment)]);
}

async function unpack(content: Buffer, wanted = (name: string): string | undefined => name): Promise<string> {
  const file = join(folder, 'a.zip');
  writeFileSync(file, content);
  await unzip(file, join(folder, 'out'), wanted);
  return join(folder, 'out');
}

test('unpacks stored, packed, empty and linked entries with their permissions', async () => {
  const out = await unpack(
    zip(
      [
        { name: 'dir/', text: '', mode: 0o040755 },
        { name: 'dir/run', text: 'x'.repeat(5000), mode: 0o100755 },
        { name: 'plain', text: 'plain text', stored: true },
        { name: 'empty', text: '', stored: true },
        { name: 'link', text: 'plain', mode: 0o120777, stored: true },
      ],
      'a comment',
    ),
  );
  expect(readFileSync(join(out, 'dir/run'), 'utf8')).toBe('x'.repeat(5000));
  expect(statSync(join(out, 'dir/run')).mode & 0o777).toBe(0o755);
  expect(readFileSync(join(out, 'plain'), 'utf8')).toBe('plain text');
  expect(readFileSync(join(out, 'empty'), 'utf8')).toBe('');
  expect(readlinkSync(join(out, 'link'))).toBe('plain');
});

test('leaves out and renames as it is told', async () => {
  const sources = [
    { name: 'a/one', text: '1' },
    { name: 'b/two', text: '2' },
  ];
  const out = await unpack(zip(sources), (name) => (name.startsWith('b/') ? name.slice(2) : undefined));
  expect(readFileSync(join(out, 'two'), 'utf8')).toBe('2');
  expect(statSync(join(out, 'a'), { throwIfNoEntry: false })).toBeUndefined();
});

test('never writes outside its folder', async () => {
  await expect(unpack(zip([{ name: '../out-of-here', text: 'x' }]))).rejects.toThrow('outside');
});

test('refuses what is no zip file, or only the beginning of one', async () => {
  await expect(unpack(Buffer.from('hello'.repeat(100)))).rejects.toThrow('Not a zip file');
  const whole = zip([{ name: 'a', text: 'x'.repeat(100) }]);
  await expect(unpack(whole.subarray(0, whole.length - 30))).rejects.toThrow();
});
