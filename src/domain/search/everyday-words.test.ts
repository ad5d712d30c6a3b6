import { describe, expect, test } from 'vitest';
import { colloquialQueries, everydayWords } from '../../../test/fixtures/search/search-data.ts';
import { Lexicon } from './everyday-words.ts';
import { plainText } from './plain-text.ts';

const lexicon = new Lexicon({
  fillers: ['我想', '怎么办', '怎么', '办', '个', 'ＯＫ'],
  sameMeaning: {
    人: [['孩子', '娃'], ['老人']],
    教育: [
      ['开办', '办学'],
      ['孩子', '学生'],
    ],
  },
});

describe('plain text', () => {
  test.each([
    ['  ＥＴＣ 卡（办理）', 'etc卡办理'],
    ['80周岁以上', '80周岁以上'],
    ['“一件事”、《办法》—— ', '一件事办法'],
    ['…!?', ''],
  ])('of %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});

describe('a query is cut', () => {
  test('into what stands together, without what says nothing', () => {
    expect(lexicon.cut('我想给娃办个证怎么办')).toStrictEqual({
      essence: '给娃证',
      runs: ['给娃办个证'],
      known: [{ word: '娃', meanings: [0] }],
    });
  });

  test('at the longest word of each place: fillers inside a word stay', () => {
    expect(lexicon.cut('孩子开办怎么学')).toStrictEqual({
      essence: '孩子开办学',
      runs: ['孩子开办', '学'],
      known: [
        { word: '孩子', meanings: [0, 3] },
        { word: '开办', meanings: [2] },
      ],
    });
  });

  test('into nothing when it says nothing', () => {
    expect(lexicon.cut('我想办ok')).toStrictEqual({ essence: '', runs: ['办'], known: [] });
    expect(lexicon.cut('')).toStrictEqual({ essence: '', runs: [], known: [] });
  });
});

test('a text has the meanings of all words in it, also of those that overlap', () => {
  expect(lexicon.meaningsIn('开办学生娃')).toStrictEqual(new Set([2, 3, 0]));
  expect(lexicon.meaningsIn('住房')).toStrictEqual(new Set());
});

describe('the words that are shipped', () => {
  const groups = Object.values(everydayWords.sameMeaning).flat();

  test('are plain, and none is twice in one group', () => {
    for (const words of [everydayWords.fillers, ...groups]) {
      expect(words.map(plainText)).toStrictEqual(words);
      expect(new Set(words).size).toBe(words.length);
    }
    for (const words of groups) expect(words.length).toBeGreaterThan(1);
  });

  test('were not taken from the queries that measure the search: none is most of a query', () => {
    const queries = colloquialQueries.map(({ query }) => plainText(query));
    const copied = groups
      .flat()
      .filter((word) => queries.some((query) => query.includes(word) && word.length > 0.7 * query.length));
    expect(copied).toStrictEqual([]);
  });
});
