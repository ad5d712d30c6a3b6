import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UPLOADS_FOLLOWED } from './limits.ts';
import { UploadFiles } from './upload-files.ts';

const ID = 'upload';
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let files: UploadFiles;
let bytes: Buffer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  files = new UploadFiles(folder);
  bytes = randomBytes(100_000);
  await writeFile(join(folder, ID), '');
});
afterEach(() => rm(folder, { recursive: true }));

/** In pieces, as a line brings them; the line is cut when there is an error. */
function line(from: number, to: number, error?: Error): Readable {
  return Readable.from(
    (async function* () {
      for (let at = from; at < to; at += 7_000) yield bytes.subarray(at, Math.min(at + 7_000, to));
      if (error) throw error;
    })(),
  );
}
const written = () => readFile(join(folder, ID));

describe('the memory of an upload', () => {
  it('is given back with each piece that is written, unless others have a part of it', async () => {
    const own = Buffer.from(Uint8Array.from(bytes.subarray(0, 50_000)).buffer);
    const part = bytes.subarray(50_000);
    await files.write(Readable.from([own, part]), ID, 0);
    expect(own).toHaveLength(0);
    expect(part).toHaveLength(50_000);
    expect(await written()).toEqual(bytes);
  });
});

describe('the hash of an upload', () => {
  it('is that of its file, also when it came in parts', async () => {
    expect(await files.write(line(0, 40_000), ID, 0)).toBe(40_000);
    expect(await files.write(line(40_000, bytes.length), ID, 40_000)).toBe(bytes.length);
    expect(await written()).toEqual(bytes);
    expect(files.takeHash(ID, bytes.length)).toBe(sha256(bytes));
    expect(files.takeHash(ID, bytes.length)).toBeUndefined();
  });

  it('is not told of other bytes than are in the file: of fewer, or when another process wrote in between', async () => {
    await files.write(line(0, 40_000), ID, 0);
    expect(files.takeHash(ID, bytes.length)).toBeUndefined();

    await files.write(line(0, 40_000), ID, 0);
    await new UploadFiles(folder).write(line(40_000, 60_000), ID, 40_000);
    await files.write(line(60_000, bytes.length), ID, 60_000);
    expect(await written()).toEqual(bytes);
    expect(files.takeHash(ID, bytes.length)).toBeUndefined();
  });

  it('is not told when the line broke, and what came of it is in the file', async () => {
    await expect(files.write(line(0, 60_000, new Error('cut')), ID, 0)).rejects.toThrow('cut');
    expect(await written()).toEqual(bytes.subarray(0, 60_000));
    await files.write(line(60_000, bytes.length), ID, 60_000);
    expect(await written()).toEqual(bytes);
    expect(files.takeHash(ID, bytes.length)).toBeUndefined();
  });

  it('is forgotten of the oldest, when too many are never gone on with', async () => {
    const ids = Array.from({ length: UPLOADS_FOLLOWED + 1 }, (_, n) => `upload-${n}`);
    for (const id of ids) {
      await writeFile(join(folder, id), '');
      await files.write(line(0, 10), id, 0);
    }
    expect(ids.filter((id) => files.takeHash(id, 10) === undefined)).toEqual(['upload-0']);
  });
});
