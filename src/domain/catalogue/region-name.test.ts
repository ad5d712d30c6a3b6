import { expect, test } from 'vitest';
import { regionName } from './region-name.ts';

const tree = [
  { code: '990000', name: '云汀省' },
  { code: '990100', name: '澜川市', parent: '990000' },
  { code: '990102', name: '临汀县', parent: '990100' },
  { code: '990301', name: '雁洲区', parent: '990300' },
  { code: '990400', name: '甲市', parent: '990401' },
  { code: '990401', name: '乙县', parent: '990400' },
];

test.each([
  ['990102', '云汀省澜川市临汀县'],
  ['990000', '云汀省'],
  ['990999', undefined],
  // A parent that the tree does not have.
  ['990301', '雁洲区'],
])('the name of %s is %s', (code, name) => {
  expect(regionName(tree, code)).toBe(name);
});

test('parents in a circle come to an end', () => {
  expect(regionName(tree, '990400')).toContain('甲市');
});
