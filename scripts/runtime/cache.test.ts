import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { makeCached } from './cache.ts';
import { workFolderAgeMs } from './limits.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fill(text: string): (work: string) => Promise<string> {
  return (work) => {
    const made = join(work, 'entry');
    mkdirSync(made);
    writeFileSync(join(made, 'file'), text);
    return Promise.resolve(made);
  };
}

test('an entry appears whole and its working folder is gone', async () => {
  const path = await makeCached('entry-1', fill('first'), folder);
  expect(readFileSync(join(path, 'file'), 'utf8')).toBe('first');
  expect(readdirSync(folder)).toEqual(['entry-1']);
});

test('of two that make the same entry the first wins', async () => {
  const paths = await Promise.all([makeCached('entry', fill('one'), folder), makeCached('entry', fill('two'), folder)]);
  expect(paths[0]).toBe(paths[1]);
  expect(['one', 'two']).toContain(readFileSync(join(paths[0], 'file'), 'utf8'));
  expect(readdirSync(folder)).toEqual(['entry']);
});

test('a failure leaves nothing behind', async () => {
  await expect(makeCached('entry', () => Promise.reject(new Error('disk full')), folder)).rejects.toThrow('disk full');
  expect(readdirSync(folder)).toEqual([]);
});

test('old working folders of interrupted runs are removed, young ones may be in use', async () => {
  const old = new Date(Date.now() - workFolderAgeMs - 60_000);
  mkdirSync(join(folder, '.work-old'));
  mkdirSync(join(folder, '.work-young'));
  utimesSync(join(folder, '.work-old'), old, old);
  await makeCached('entry', fill('x'), folder);
  expect(existsSync(join(folder, '.work-old'))).toBe(false);
  expect(existsSync(join(folder, '.work-young'))).toBe(true);
});
