import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readingTable } from '../../../test/fixtures/search/search-data.ts';
import { Readings } from './readings.ts';
import { Typed } from './typed.ts';

const readings = new Readings(readingTable);
const spells = (typed: string, text: string, at = 0) =>
  new Typed(readings.unitsOf(typed)).spells(readings.unitsOf(text), at);
const literal = { alike: 0, initials: 0, blurred: 0, letters: 0 };

describe('a text is spelled', () => {
  test.each([
    ['居民', '居民身份证', { ...literal, end: 2 }],
    ['jumin', '居民身份证', { ...literal, end: 2, letters: 2 }],
    ['jmsfz', '居民身份证', { ...literal, end: 5, letters: 5, initials: 5 }],
    ['居min身', '居民身份证', { ...literal, end: 3, letters: 1 }],
    ['居ming身', '居民身份证', { ...literal, end: 3, letters: 1, blurred: 1 }],
    ['j民s份', '居民身份证', { ...literal, end: 4, letters: 2, initials: 2 }],
    ['juminshenf', '居民身份证', { ...literal, end: 4, letters: 4, initials: 1 }],
    ['句民', '居民身份证', { ...literal, end: 2, alike: 1 }],
    ['zhfz', '住房证', { ...literal, end: 3, letters: 3, initials: 3 }],
    ['etc卡', 'etc卡办理', { ...literal, end: 4 }],
    ['80周', '80周岁', { ...literal, end: 3 }],
  ])('by %s: %s', (typed, text, spelled) => {
    expect(spells(typed, text)).toStrictEqual(spelled);
  });

  test.each([
    ['居民', '身份证'],
    ['居民身', '居民'],
    ['xx', '居民'],
    ['jumi1', '居民身份证'],
    ['j', '居民'],
  ])('not by %s: %s', (typed, text) => {
    expect(spells(typed, text)).toBeUndefined();
  });

  test('from a place within it', () => {
    expect(spells('sfz', '居民身份证', 2)?.end).toBe(5);
    expect(spells('sfz', '居民身份证', 1)).toBeUndefined();
  });

  test('in the most literal of several ways', () => {
    // 先 alone, or 西 and 安.
    expect(spells('xian', '西安')).toStrictEqual({ ...literal, end: 2, letters: 2 });
    // zhong as it is, and not z alone before a syllable that begins with h.
    expect(spells('zhong', '中国')).toStrictEqual({ ...literal, end: 1, letters: 1 });
    expect(spells('yinhang', '银行')).toStrictEqual({ ...literal, end: 2, letters: 2 });
  });
});

test('any characters are spelled by any mixture of themselves, their syllables and their first letters', () => {
  const characters = fc.array(fc.constantFrom(...Array.from('居民身份证补领灵活就业人员银行长女')), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(characters, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (text, choices) => {
      const units = readings.unitsOf(text.join(''));
      const typed = units.map(({ ways }, at) => ways[(choices[at] ?? 0) % ways.length]?.letters).join('');
      expect(new Typed(readings.unitsOf(typed)).spells(units, 0)).toBeDefined();
    }),
    { numRuns: 500 },
  );
});
