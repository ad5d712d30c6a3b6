import { expect, test } from 'vitest';
import { readingTable } from '../../../test/fixtures/search/search-data.ts';
import { Readings } from './readings.ts';

const readings = new Readings(readingTable);
const unitOf = (character: string) => {
  const [unit] = readings.unitsOf(character);
  if (!unit) throw new Error('a character has a unit');
  return unit;
};
const waysOf = (character: string, kind: string) =>
  unitOf(character).ways.flatMap((way) => (way.kind === kind ? [way.letters] : []));

test('a character is typed as itself, as its syllable, as what is taken for it, and as its first letters', () => {
  expect(unitOf('证').ways[0]).toStrictEqual({ letters: '证', kind: 'usual' });
  expect(waysOf('证', 'usual')).toStrictEqual(['证', 'zheng']);
  expect(waysOf('证', 'blurred').toSorted()).toStrictEqual(['zen', 'zeng', 'zhen']);
  expect(waysOf('证', 'initial')).toStrictEqual(['z', 'zh']);
});

test.each([
  ['子', ['zhi']],
  ['册', ['che']],
  ['才', ['chai']],
  ['上', ['san', 'sang', 'shan']],
  ['四', ['shi']],
  ['老', ['nao']],
  ['农', ['long']],
  ['身', ['sen', 'seng', 'sheng']],
  ['民', ['ming']],
  ['女', ['lu', 'lv', 'nu']],
  ['户', []],
  ['工', []],
])('%s is mixed up with %j and no other', (character, blurred) => {
  expect(waysOf(character, 'blurred').toSorted()).toStrictEqual(blurred);
});

test('a character of several readings has all of them', () => {
  expect(waysOf('行', 'usual')).toStrictEqual(['行', 'xing', 'hang', 'heng']);
  expect(unitOf('行').sounds.length).toBe(3);
});

test.each(['证正', '证真', '四是', '老脑', '身生'])('%s sound alike', (two) => {
  const [a, b] = readings.unitsOf(two);
  expect(a?.sounds).toStrictEqual(b?.sounds);
});

test('digits, Latin letters and characters that are not in the table have no sound', () => {
  for (const { character, sounds, ways } of readings.unitsOf('8a𠮷龘')) {
    expect(sounds).toStrictEqual([]);
    expect(ways).toStrictEqual([{ letters: character, kind: 'usual' }]);
  }
  expect(readings.unitsOf('𠮷').length).toBe(2);
});

test('units are the same objects wherever their character is', () => {
  expect(readings.unitsOf('证件')[0]).toBe(readings.unitsOf('身份证')[2]);
});
