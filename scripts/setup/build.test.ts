import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { sourceStamp } from './build.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  mkdirSync(join(root, 'src/core'), { recursive: true });
  writeFileSync(join(root, 'src/core/a.ts'), 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the stamp stays while nothing changes', () => {
  expect(sourceStamp(root)).toBe(sourceStamp(root));
});

test.each([
  ['a new file', () => writeFileSync(join(root, 'src/core/b.ts'), '')],
  ['another text', () => writeFileSync(join(root, 'src/core/a.ts'), 'longer')],
  ['a later time', () => utimesSync(join(root, 'src/core/a.ts'), new Date(), new Date(Date.now() + 5000))],
  ['a removed file', () => rmSync(join(root, 'src/core/a.ts'))],
  ['other packages', () => writeFileSync(join(root, 'package-lock.json'), '{}')],
])('%s changes it', (_name, change) => {
  const before = sourceStamp(root);
  change();
  expect(sourceStamp(root)).not.toBe(before);
});

test('a test is no part of the application', () => {
  const before = sourceStamp(root);
  writeFileSync(join(root, 'src/core/a.test.ts'), '');
  expect(sourceStamp(root)).toBe(before);
});
