import { expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent } from '../../test/fixtures/sample-item.ts';
import { checkItem } from './item-rules.ts';
import { catalogueItem, type CatalogueItem } from './item.ts';

test('the sample items are fine', () => {
  expect(checkItem(sampleItem)).toStrictEqual([]);
  expect(checkItem(sampleLifeEvent)).toStrictEqual([]);
});

const [who, relation] = sampleItem.situations;
const [fullName, ...otherFields] = sampleItem.fields;
const [idCard, ...otherMaterials] = sampleItem.materials;
const [allowance, care] = sampleLifeEvent.parts ?? [];
if (!who || !relation || !fullName || !idCard || !allowance || !care) throw new Error('the sample item has changed');

const sexAt = sampleItem.fields.findIndex(({ name }) => name === 'sex');
const sexTwice = { id: '1', label: '男' };
const limits = (legal: number, promised: number) => ({ guide: { ...sampleItem.guide, limits: { legal, promised } } });

test.each<[string, string, Partial<CatalogueItem>]>([
  ['another body in the code', 'code', { department: { name: '安澜县公安局', creditCode: '11990101MB0000043K' } }],
  ['another type in the code', 'code', { type: '01' }],
  [
    'a body whose credit code has a letter that is none of it',
    'code',
    { code: '1199010IMB000001934990500001000', department: { name: '安澜县民政局', creditCode: '1199010IMB00000193' } },
  ],
  ['more days than the law allows', 'guide.limits', limits(5, 7)],
  ['days promised for an item done on the spot', 'guide.limits.promised', { kind: 'on-the-spot' }],
  ['no days for a promised one', 'guide.limits.promised', limits(20, 0)],
  ['a question twice', 'situations.1.id', { situations: [who, { ...who }, relation] }],
  [
    'an option twice',
    'situations.0.options.2.id',
    { situations: [{ ...who, options: [...who.options, { id: 'self', label: '本人' }] }, relation] },
  ],
  ['a condition on a later question', 'situations.0.when.0.question', { situations: [relation, who] }],
  [
    'a condition on an unknown option',
    'fields.0.when.0.anyOf.1',
    { fields: [{ ...fullName, when: [{ question: 'who', anyOf: ['self', 'cat'] }] }, ...otherFields] },
  ],
  [
    'a condition on an unknown question',
    'materials.0.when.0.question',
    { materials: [{ ...idCard, when: [{ question: 'where', anyOf: ['here'] }] }, ...otherMaterials] },
  ],
  ['a material twice', 'materials.1.id', { materials: [idCard, idCard, ...otherMaterials] }],
  [
    'an option of a field twice',
    `fields.${sexAt}.options.2.id`,
    {
      fields: sampleItem.fields.map((field) =>
        field.type === 'choice' ? { ...field, options: [sexTwice, { id: '2', label: '女' }, sexTwice] } : field,
      ),
    },
  ],
  ['a field twice', 'fields.1.name', { fields: [fullName, fullName, ...otherFields] }],
  [
    'a prefill of the wrong type',
    'fields.3.prefill',
    { fields: sampleItem.fields.map((field) => (field.type === 'date' ? { ...field, prefill: 'card.name' } : field)) },
  ],
  ['其他材料', 'materials.0.name', { materials: [{ ...idCard, name: '其他材料' }, ...otherMaterials] }],
  ['法律规定的其他证明材料', 'materials.0.name', { materials: [{ ...idCard, name: '法律规定的其他证明材料' }] }],
])('stops an item with %s', (_case, path, change) => {
  const item = catalogueItem.parse({ ...sampleItem, ...change });
  expect(checkItem(item)).toContainEqual(expect.objectContaining({ path, weight: 'stop' }));
});

test.each<[string, string, NonNullable<CatalogueItem['parts']>]>([
  ['names a field that does not exist', 'parts.1.fields.0', [allowance, { ...care, fields: ['gone'] }]],
  ['names a material that does not exist', 'parts.1.materials.0', [allowance, { ...care, materials: ['M-GONE'] }]],
  ['has the code of another body', 'parts.1.code', [allowance, { ...care, department: allowance.department }]],
  ['is there twice', 'parts.1.code', [allowance, { ...care, code: allowance.code }]],
  ['leaves a material to nobody', 'materials.3.id', [{ ...allowance, materials: ['M-ID', 'M-FORM', 'M-BOOK'] }, care]],
  ['leaves a question to nobody', 'fields.7.name', [allowance, { ...care, fields: ['fullName', 'services'] }]],
])('stops an 一件事 whose part %s', (_case, path, parts) => {
  expect(checkItem({ ...sampleLifeEvent, parts })).toContainEqual(expect.objectContaining({ path, weight: 'stop' }));
});

test('a credit code whose check character does not fit is a warning only', () => {
  const creditCode = '91350211M0000XUF46';
  const item = { ...sampleItem, code: `${creditCode}4990500001000`, department: { name: '某公司', creditCode } };
  expect(checkItem(item)).toStrictEqual([expect.objectContaining({ path: 'code', weight: 'warn' })]);
});
