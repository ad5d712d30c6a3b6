import { expect, test } from 'vitest';
import { sampleItem } from '../../../test/fixtures/sample-item.ts';
import { catalogueItem, type CatalogueItem } from '../item.ts';
import type { Region } from './lists.ts';
import { compareTwins, countTwins, equalFields } from './twins.ts';

const regions: Region[] = ['安澜县', '临汀县'].map((name, index) => ({
  code: `99010${index + 1}`,
  name,
  level: '4',
  parent: '990100',
  offices: [],
}));
const here: CatalogueItem = {
  ...sampleItem,
  guide: { ...sampleItem.guide, flow: [{ step: '受理', who: '安澜县民政局', duration: '当天' }] },
};
const copied = catalogueItem.parse(JSON.parse(JSON.stringify(here).replaceAll('安澜县', '临汀县')));
const twin: CatalogueItem = {
  ...copied,
  code: '11990102MB0000019T4990500001000',
  version: 7,
  department: { name: '临汀县民政局', creditCode: '11990102MB0000019T' },
  guide: { ...copied.guide, places: [{ name: '临汀县政务服务中心', address: '江湾路2号', hours: '9:00-17:00' }] },
};

test('twins that differ in place, telephone, version and the region’s own name are equal', () => {
  expect(compareTwins([here, twin], regions)).toStrictEqual([]);
  expect(countTwins([here, twin, { ...here, code: '11990101MB000001934990500009000' }])).toBe(1);
});

const [book, ...materials] = twin.materials;
if (!book) throw new Error('the sample item has changed');
const planted: Record<(typeof equalFields)[number], Partial<CatalogueItem>> = {
  name: { name: '长寿津贴' },
  type: { type: '10' },
  basis: { guide: { ...twin.guide, legalBasis: [{ title: '临汀县办法', article: '第二条', text: '应当。' }] } },
  limits: { guide: { ...twin.guide, limits: { legal: 20, promised: 9 } } },
  flow: { guide: { ...twin.guide, flow: [{ step: '受理并初审', who: '临汀县民政局', duration: '当天' }] } },
  materials: { materials: [{ ...book, copies: 2 }, ...materials] },
  form: { fields: twin.fields.slice(1) },
};

test.each(equalFields)('[P-28] a difference planted in %s is found, and only that', (field) => {
  const other = { ...twin, ...planted[field] };
  expect(compareTwins([here, other], regions)).toStrictEqual([
    expect.objectContaining({ field, basic: '990500001000', codes: [here.code, twin.code] }),
  ]);
});

test('a region that is not in the tree keeps its name, so it differs', () => {
  const named = ['basis', 'flow', 'materials'];
  expect(compareTwins([here, twin], []).map(({ field }) => field)).toStrictEqual(named);
  const broken = { ...twin, code: `broken${twin.code.slice(6)}` };
  expect(compareTwins([here, broken], regions).map(({ field }) => field)).toStrictEqual(named);
});
