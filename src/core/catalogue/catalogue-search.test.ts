import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Catalogue } from './catalogue.ts';
import type { CatalogueItems } from './catalogue-items.ts';
import { CatalogueSearch } from './catalogue-search.ts';
import { loadCatalogue } from './load-catalogue.ts';

let sample: CatalogueItems;

beforeAll(async () => {
  const loaded = await loadCatalogue(join(import.meta.dirname, '../../../resources/catalogue'));
  if (!loaded.ok) throw new Error(loaded.detail);
  sample = loaded.value.items;
});

const namesFound = async (search: CatalogueSearch, items: CatalogueItems, query: string) =>
  (await search.find(items, query)).map(({ item }) => item.name);

test('items are found by name, pinyin, initials, everyday words and with one wrong character', async () => {
  const search = new CatalogueSearch();
  const allowance = '80周岁以上老年人高龄津贴申领';
  for (const query of [
    '高龄津贴',
    'gaolingjintie',
    'gljt',
    '老年人津贴',
    '高龄津帖',
    '80周岁以上老年人高龄津占申领',
    '高ling津贴',
  ]) {
    const names = await namesFound(search, sample, query);
    expect(names.slice(0, 3), query).toContain(allowance);
  }
});

test('searches at the same time share one index', async () => {
  const search = new CatalogueSearch();
  const [one, other] = await Promise.all([search.find(sample, '高龄津贴'), search.find(sample, 'gljt')]);
  expect(one[0]?.item.code).toBe(other[0]?.item.code);
  expect(one[0]?.why).toStrictEqual({ match: 'same', field: 'also-called', text: '高龄津贴' });
});

test('another catalogue is searched as soon as it is the one in force, and the former one no more', async () => {
  const search = new CatalogueSearch();
  const listed = [...sample.list()].find(({ summary: { name } }) => name.includes('高龄津贴'));
  const item = listed && sample.get(listed.summary.code);
  if (!item) throw new Error('the sample has lost an item');
  const text = JSON.stringify({ ...item, name: '长寿金领取', alsoCalled: [] });
  const renamed = new Catalogue([{ name: item.code, read: () => text }]).items;
  expect(await namesFound(search, sample, '高龄津贴')).toContain(item.name);
  expect(await namesFound(search, renamed, '高龄津贴')).not.toContain(item.name);
  expect(await namesFound(search, renamed, '长寿金领取')).toStrictEqual(['长寿金领取']);
});
