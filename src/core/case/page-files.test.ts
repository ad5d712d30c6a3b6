import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyRing } from '../store/key-ring.ts';
import { PageFiles } from './page-files.ts';

const ids = ['019ab000-0000-7000-8000-000000000001', '019ab000-0000-7000-8000-000000000002'] as const;
/** The sealed id and the key of the page, which an erasure overwrites before it removes the file. */
const OVERWRITTEN_BYTES = 121;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-pages-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pagesUnder = (deviceKey: Buffer) => new PageFiles(folder, new KeyRing(deviceKey, undefined, randomBytes));

it('what no record names is swept, also when the power went between its overwriting and its removal', () => {
  const pages = pagesUnder(randomBytes(32));
  for (const id of ids) expect(pages.write(id, Buffer.from('page')).ok).toBe(true);
  const cutOff = join(folder, pages.fileOf(ids[1]) ?? '');
  writeFileSync(cutOff, readFileSync(cutOff).fill(0, 0, OVERWRITTEN_BYTES));
  pages.sweep(() => [ids[0]]);
  expect(readdirSync(folder)).toEqual([pages.fileOf(ids[0])]);
  expect(pages.read(ids[0])).toEqual({ ok: true, value: Buffer.from('page') });
  pages.sweep(() => []);
  expect(readdirSync(folder)).toEqual([]);
});

it('what only another device key opens is left for that one', () => {
  expect(pagesUnder(randomBytes(32)).write(ids[0], Buffer.from('page')).ok).toBe(true);
  pagesUnder(randomBytes(32)).sweep(() => []);
  expect(readdirSync(folder)).toHaveLength(1);
});
