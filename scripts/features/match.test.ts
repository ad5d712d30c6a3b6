import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { idsOf, matchTests, readRows, unknownIds } from './match.ts';

const list = [
  '## Citizen',
  '',
  '| id | ★ | feature |',
  '| --- | --- | --- |',
  '| C-01 | ★ | Home page |',
  '| C-02 | | Guide |',
].join('\n');

test('reads rows with their group and star', () => {
  expect(readRows(list)).toEqual([
    { id: 'C-01', group: 'Citizen', star: true, text: 'Home page' },
    { id: 'C-02', group: 'Citizen', star: false, text: 'Guide' },
  ]);
});

test('refuses an id that is there twice', () => {
  expect(() => readRows(`${list}\n| C-01 | | Again |`)).toThrow('C-01 twice');
});

test.each([
  ['[C-11] applies', ['C-11']],
  ['group [C-11, P-05] and [S-03] both', ['C-11', 'P-05', 'S-03']],
  ['an index [0] and GB/T 467-2019', []],
  ['C-11 without brackets', []],
])('finds the ids in "%s"', (title, ids) => {
  expect(idsOf(title)).toEqual(ids);
});

test('a row is matched with the tests that carry its id, by outcome', () => {
  const tests = [
    { title: '[C-01] shows tiles', outcome: 'passed' },
    { title: '[C-01] shows the clock', outcome: 'failed' },
    { title: '[C-02] left out', outcome: 'skipped' },
    { title: '[Z-99] strange', outcome: 'passed' },
  ] as const;
  const rows = readRows(list);
  expect(matchTests(rows, tests).map(({ passed, failed }) => ({ passed, failed }))).toEqual([
    { passed: ['[C-01] shows tiles'], failed: ['[C-01] shows the clock'] },
    { passed: [], failed: [] },
  ]);
  expect(unknownIds(rows, tests)).toEqual([{ id: 'Z-99', title: '[Z-99] strange' }]);
});

test('the list of this repository is whole', () => {
  const rows = readRows(readFileSync(new URL('../../docs/features.md', import.meta.url), 'utf8'));
  const counts = Object.fromEntries(
    [...Map.groupBy(rows, ({ id }) => id[0] ?? '')].map(([letter, own]) => [letter, own.length]),
  );
  expect(counts).toEqual({ C: 58, H: 24, M: 28, P: 29, S: 26, A: 22 });
  expect(rows.filter(({ star }) => star)).toHaveLength(114);
});
