import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everydayWords, readingTable, sampleItems } from '../../../test/fixtures/search/search-data.ts';
import { plainText } from './plain-text.ts';
import { Readings } from './readings.ts';
import { SearchIndex } from './search-index.ts';
import { textsOf, type Searchable } from './terms.ts';

const department = { name: '安澜县公安局' };
const item = (code: string, name: string, more: Partial<Searchable> = {}): Searchable => ({
  code,
  name,
  alsoCalled: [],
  department,
  ...more,
});

function indexOf(items: readonly Searchable[]): SearchIndex {
  const index = new SearchIndex(readingTable, everydayWords);
  for (const one of items) index.add(one);
  return index;
}

const idCard = item('1', '居民身份证补领', { alsoCalled: ['身份证丢失补办'] });
const some: readonly Searchable[] = [
  idCard,
  item('2', '居民身份证换领'),
  item('3', '生育登记', { department: { name: '安澜县卫生健康局' } }),
  item('4', '开办餐饮店', {
    department: { name: '安澜县市场监督管理局' },
    parts: [{ name: '食品经营许可' }, { name: '营业执照办理' }],
    tags: ['创业'],
  }),
  item('5', 'ETC卡注销', { variants: [{ name: '单位用户注销' }] }),
];
const index = indexOf(some);
const found = (query: string) => index.search(query, 5).map(({ code }) => code);
const first = (query: string) => index.search(query, 5)[0];

describe('each hit tells why', () => {
  test.each([
    ['居民身份证补领', '1', 'same', 'name', '居民身份证补领'],
    ['身份证丢失补办', '1', 'same', 'also-called', '身份证丢失补办'],
    ['身份证补', '1', 'within', 'name', '居民身份证补领'],
    ['我想办身份证换领', '2', 'within', 'name', '居民身份证换领'],
    ['shengyudengji', '3', 'pinyin', 'name', '生育登记'],
    ['sheng yu', '3', 'pinyin', 'name', '生育登记'],
    ['生yu登', '3', 'pinyin', 'name', '生育登记'],
    ['senyudenji', '3', 'pinyin', 'name', '生育登记'],
    ['sydj', '3', 'initials', 'name', '生育登记'],
    ['s育d记', '3', 'initials', 'name', '生育登记'],
    ['升玉登记', '3', 'sound', 'name', '生育登记'],
    ['生肖登记', '3', 'one-off', 'name', '生育登记'],
    ['生育登记表', '3', 'one-off', 'name', '生育登记'],
    ['shengyudemgji', '3', 'one-off', 'name', '生育登记'],
    ['经营许可食品', '4', 'words', 'part', '食品经营许可'],
    ['饭馆', '4', 'words', 'name', '开办餐饮店'],
    ['创业', '4', 'same', 'tag', '创业'],
    ['etc', '5', 'within', 'name', 'ETC卡注销'],
    ['单位用户', '5', 'within', 'variant', '单位用户注销'],
    ['市场监督管理局', '4', 'within', 'department', '安澜县市场监督管理局'],
  ])('%s finds %s: %s, %s %s', (query, code, match, field, text) => {
    expect(first(query)).toMatchObject({ code, why: { match, field, text } });
  });

  test('a name counts more than an everyday name, that more than a tag, and a department least', () => {
    const same = ['变更', '变更'];
    const four = indexOf([
      item('d', '甲', { department: { name: '变更' } }),
      item('t', '乙', { tags: same }),
      item('a', '丙', { alsoCalled: same }),
      item('n', '变更'),
    ]);
    const hits = four.search('变更', 9);
    expect(hits.map(({ code }) => code)).toStrictEqual(['n', 'a', 't', 'd']);
    expect(hits[0]?.score).toBe(1);
  });

  test('of two everyday names that answer equally well it tells the same one whatever their order', () => {
    for (const alsoCalled of [
      ['身份证遗失', '身份证补证'],
      ['身份证补证', '身份证遗失'],
    ]) {
      expect(indexOf([item('1', '甲乙', { alsoCalled })]).search('身份证', 1)[0]?.why.text).toBe('身份证补证');
    }
  });
});

describe('nothing is found', () => {
  test.each(['', ' ', '？！', 'q', '龘', 'xyzzy', '的', '怎么办'])('by "%s"', (query) => {
    expect(found(query)).toStrictEqual([]);
  });

  test('that answers much less than the best', () => {
    expect(found('居民身份证补领')).toStrictEqual(['1', '2']);
  });

  test('in an empty index', () => {
    expect(indexOf([]).search('身份证', 5)).toStrictEqual([]);
  });
});

test('of equals the shorter name is first, then the lower code', () => {
  const names = ['身份证甲', '身份证乙', '身份证丙丁'].map((name, place) =>
    item(String(9 - place), name, { tags: ['牌'] }),
  );
  const hits = indexOf(names)
    .search('牌', 5)
    .map(({ code }) => code);
  expect(hits).toStrictEqual(['8', '9', '7']);
});

test('no more hits than asked for', () => {
  expect(index.search('居民身份证', 1).map(({ code }) => code)).toStrictEqual(['1']);
});

describe('in the sample catalogue', () => {
  const catalogue = indexOf(sampleItems);
  const readings = new Readings(readingTable);
  const anyItem = fc.constantFrom(...sampleItems);
  const anyCharacter = fc.constantFrom(
    ...Array.from('的一是不了人我在有他这中大来上个国证户学医保险费办理居民登记申领'),
  );
  const topThree = (query: string) => catalogue.search(query, 3).map(({ code }) => code);
  /** Where in a name something is done to it. */
  const anyPlace = fc.nat({ max: 999 });
  const at = (name: string, place: number) => place % name.length;

  test('the name of an item finds it first, and so does its pinyin', () => {
    for (const { name, code } of sampleItems) {
      expect(topThree(name)[0]).toBe(code);
      const letters = readings.unitsOf(plainText(name)).map(({ ways }) => ways.at(1)?.letters ?? ways[0].letters);
      expect(topThree(letters.join(''))[0]).toBe(code);
    }
  });

  test('everything an item is also called finds it among the first three', () => {
    for (const { alsoCalled, code } of sampleItems)
      for (const text of alsoCalled) expect(topThree(text)).toContain(code);
  });

  test('a name with one wrong character finds its item among the first three', () => {
    fc.assert(
      fc.property(anyItem, anyPlace, anyCharacter, ({ name, code }, place, character) => {
        const wrong = name.slice(0, at(name, place)) + character + name.slice(at(name, place) + 1);
        expect(topThree(wrong)).toContain(code);
      }),
      { numRuns: 500 },
    );
  });

  test('a name with one character missing or too many finds its item among the first three', () => {
    fc.assert(
      fc.property(anyItem, anyPlace, fc.option(anyCharacter, { nil: '' }), ({ name, code }, place, more) => {
        const rest = name.slice(at(name, place) + (more === '' ? 1 : 0));
        expect(topThree(name.slice(0, at(name, place)) + more + rest)).toContain(code);
      }),
      { numRuns: 500 },
    );
  });

  test('a name with characters of the same sound finds its item among the first three', () => {
    fc.assert(
      fc.property(anyItem, fc.array(anyPlace, { minLength: 1, maxLength: 4 }), ({ name, code }, places) => {
        const characters = Array.from(name);
        for (const place of places) {
          const here = at(name, place);
          const [unit] = readings.unitsOf(characters[here] ?? '');
          const syllable = unit?.ways.at(1)?.letters ?? '';
          characters[here] = readingTable.first[syllable]?.charAt(place % 3) ?? characters[here] ?? '';
        }
        expect(topThree(characters.join(''))).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  test('what is found does not depend on the order of the items', () => {
    const query = fc.oneof(
      fc.constantFrom('登记', '身份证', '公积金', 'sfz', 'dengji', '老人', '补贴', '安澜县'),
      anyItem.map(({ name }) => name.slice(0, 3)),
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...sampleItems], { minLength: sampleItems.length }),
        fc.array(query, { minLength: 5, maxLength: 5 }),
        (order, queries) => {
          const shuffled = indexOf(order);
          for (const one of queries) expect(shuffled.search(one, 10)).toStrictEqual(catalogue.search(one, 10));
        },
      ),
      { numRuns: 20 },
    );
  });

  test('whatever is typed, hits are sorted, and each tells a text that its item has', () => {
    const texts = new Map(
      sampleItems.map((one) => [one.code, textsOf(one).map(({ field, text }) => `${field} ${text}`)]),
    );
    const typed = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ unit: anyCharacter, maxLength: 20 }),
      fc.stringMatching(/^[a-z]{0,20}$/),
    );
    fc.assert(
      fc.property(typed, (query) => {
        const hits = catalogue.search(query, 20);
        const scores = hits.map(({ score }) => score);
        expect(scores).toStrictEqual(scores.toSorted((a, b) => b - a));
        for (const { code, score, why } of hits) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(texts.get(code)).toContain(`${why.field} ${why.text}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
