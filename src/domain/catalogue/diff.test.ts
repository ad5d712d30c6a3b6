import { expect, test } from 'vitest';
import { sampleItem } from '../../../test/fixtures/sample-item.ts';
import { diffCatalogues } from './diff.ts';

const second = { ...sampleItem, code: '11990101MB000001934990500002000', name: '养老补贴' };

test('an item that came, one that went, and one that is the same', () => {
  expect(diffCatalogues([sampleItem], [sampleItem, second])).toStrictEqual([
    { operation: 'I', code: second.code, name: '养老补贴', changes: [] },
  ]);
  expect(diffCatalogues([sampleItem, second], [sampleItem])).toStrictEqual([
    { operation: 'D', code: second.code, name: '养老补贴', changes: [] },
  ]);
});

test('changes are in the order of the codes', () => {
  const changed = diffCatalogues([sampleItem], [{ ...sampleItem, version: 2 }, second]);
  expect(changed.map(({ operation }) => operation)).toStrictEqual(['U', 'I']);
  expect(diffCatalogues([second], [sampleItem]).map(({ operation }) => operation)).toStrictEqual(['I', 'D']);
});

test('what changed inside an item, by path and with both values', () => {
  const changed = {
    ...sampleItem,
    version: 2,
    alsoCalled: ['高龄补贴'],
    review: undefined,
    guide: { ...sampleItem.guide, limits: { legal: 20, promised: 5 } },
  };
  expect(diffCatalogues([sampleItem], [changed])).toStrictEqual([
    {
      operation: 'U',
      code: sampleItem.code,
      name: sampleItem.name,
      changes: [
        { path: 'version', before: '1', after: '2' },
        { path: 'alsoCalled.0', before: 'nothing', after: '"高龄补贴"' },
        { path: 'guide.limits.promised', before: '7', after: '5' },
        { path: 'review', before: JSON.stringify(sampleItem.review), after: 'nothing' },
      ],
    },
  ]);
});
