import { expect, test } from 'vitest';
import type { Region } from './lists.ts';
import { checkPlace, compareTrees } from './region-tree.ts';

const office = {
  creditCode: '11990101MB00000193',
  name: '安澜县民政局',
  windows: [
    { number: '3', name: '社会救助' },
    { number: '4', name: '婚姻登记' },
  ],
};
const city: Region = { code: '990100', name: '澜川市', level: '3', offices: [] };
const county: Region = { code: '990101', name: '安澜县', level: '4', parent: '990100', offices: [office] };
const tree = [city, county];

test('a tree agrees with itself, in any order', () => {
  expect(compareTrees(tree, tree.toReversed())).toStrictEqual([]);
});

test.each<[string, Region[], object]>([
  [
    'a region that is missing here',
    [county],
    { path: '990100', kind: 'missing-here', there: '澜川市, level 3, below none' },
  ],
  [
    'a region the platform does not know',
    [...tree, { ...city, code: '990900' }],
    { path: '990900', kind: 'unknown-there', here: '澜川市, level 3, below none' },
  ],
  [
    'another parent',
    [city, { ...county, parent: '990200' }],
    { path: '990101', kind: 'differs', here: '安澜县, level 4, below 990200', there: '安澜县, level 4, below 990100' },
  ],
  [
    'another name of an office',
    [city, { ...county, offices: [{ ...office, name: '民政局' }] }],
    { path: '990101/11990101MB00000193', kind: 'differs', here: '民政局', there: '安澜县民政局' },
  ],
  [
    'a window that is missing',
    [city, { ...county, offices: [{ ...office, windows: office.windows.slice(1) }] }],
    { path: '990101/11990101MB00000193/window 3', kind: 'missing-here', there: '社会救助' },
  ],
  ['a region twice', [...tree, city], { path: '990100', kind: 'twice' }],
])('%s', (_case, here, mismatch) => {
  expect(compareTrees(here, tree)).toStrictEqual([mismatch]);
});

test('every mismatch is listed, not only the first', () => {
  const here: Region[] = [
    { ...city, name: '澜川' },
    { ...county, offices: [{ ...office, windows: [{ number: '5', name: '低保' }] }] },
  ];
  expect(compareTrees(here, tree).map(({ kind }) => kind)).toStrictEqual([
    'differs',
    'unknown-there',
    'missing-here',
    'missing-here',
  ]);
});

const allowance = '11990101MB000001934990500001000';
const driving = '11990101MB0000043K4990100009000';

test.each<[string, Parameters<typeof checkPlace>[0], object[]]>([
  [
    'a known region and offices',
    { hallCode: '990101', queues: [{ prefix: 'A' }, { prefix: 'B', items: [allowance] }] },
    [],
  ],
  [
    'an unknown region',
    { hallCode: '990109', queues: [{ prefix: 'A', items: [driving] }] },
    [{ path: 'hall.code', kind: 'unknown-there', here: '990109' }],
  ],
  [
    'a queue for an office of another place, and for what is no item',
    { hallCode: '990101', queues: [{ prefix: 'A', items: [allowance, driving, '990500001000', 'x'] }] },
    [
      { path: `queues/A/${driving}`, kind: 'unknown-there', here: '11990101MB0000043K' },
      { path: 'queues/A/990500001000', kind: 'unknown-there', here: 'no office' },
      { path: 'queues/A/x', kind: 'unknown-there', here: 'no office' },
    ],
  ],
])('a kiosk in %s', (_case, place, mismatches) => {
  expect(checkPlace(place, tree)).toStrictEqual(mismatches);
});
