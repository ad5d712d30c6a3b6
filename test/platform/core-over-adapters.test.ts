import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** These are about one interface, or about the store. */
const ofOneInterface: Readonly<Record<string, string>> = {
  'test/integration/cryptography.test.ts': 'what the store is sealed with, whoever it is sent to',
  'test/integration/contract-versions.test.ts': 'versions of our own interface',
  'test/platform/device-certificates.test.ts': 'certificates and tokens of our own interface',
  'test/integration/platform-adapters.test.ts': 'what goes by the national formats, field by field',
};

const startsCore = /\bstartCore\(/;
const startsPlatform = /\b(createPlatform|startPlatform)\(/;
/** Has both. */
const opensHall = /\b(openHall|hallOf)\(/;
const overEach = /\bdescribe\.each\((adapters|platformsAndAdapters)\)/;

test('[P-29] every test in which core speaks to a platform runs over each adapter', () => {
  const files = globSync('test/{integration,platform}/**/*.test.ts', { cwd: root }).filter((file) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    return opensHall.test(text) || (startsCore.test(text) && startsPlatform.test(text));
  });
  expect(files.length).toBeGreaterThan(15);
  expect(files).toEqual(expect.arrayContaining(Object.keys(ofOneInterface)));
  const overOne = files.filter((file) => !overEach.test(readFileSync(resolve(root, file), 'utf8')));
  expect(overOne.toSorted()).toEqual(Object.keys(ofOneInterface).toSorted());
});
