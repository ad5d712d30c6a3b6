import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { packagesMatch, packagesWithScripts } from './packages.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'));
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-win32': { version: '1.0.0', optional: true },
};

function lock(packages: object): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
}

function installed(packages: object): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

test('what is installed matches, without the optional packages of other platforms', () => {
  lock(wanted);
  installed({ 'node_modules/a': { version: '1.0.0' } });
  expect(packagesMatch(root)).toBe(true);
});

test.each([
  ['another version', { 'node_modules/a': { version: '2.0.0' } }],
  ['a missing package', {}],
  ['an optional package of another version', { ...wanted, 'node_modules/a-win32': { version: '0.9.0' } }],
])('%s does not match', (_name, packages) => {
  lock(wanted);
  installed(packages);
  expect(packagesMatch(root)).toBe(false);
});

test('an interrupted installation does not match', () => {
  lock(wanted);
  expect(packagesMatch(root)).toBe(false);
});

test('neither does one whose scripts did not run to their end', () => {
  lock(wanted);
  installed(wanted);
  writeFileSync(join(root, 'node_modules/.unfinished'), '');
  expect(packagesMatch(root)).toBe(false);
});

test('scripts are run of packages that are there and have some, by their names', () => {
  const hasInstallScript = true;
  lock({
    '': { version: '1.0.0' },
    'node_modules/a': {},
    'node_modules/b': { hasInstallScript },
    'node_modules/a/node_modules/@c/d': { hasInstallScript },
    'node_modules/b-win32': { hasInstallScript, optional: true },
  });
  for (const name of ['a', 'b', 'a/node_modules/@c/d'])
    mkdirSync(join(root, 'node_modules', name), { recursive: true });
  expect(packagesWithScripts(root)).toEqual(['b', '@c/d']);
});
