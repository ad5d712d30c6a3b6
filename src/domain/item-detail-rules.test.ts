import { expect, test } from 'vitest';
import { sampleItem } from '../../test/fixtures/sample-item.ts';
import { checkItem } from './item-rules.ts';
import { catalogueItem, type CatalogueItem } from './item.ts';
import { specialProcedures } from './limits/special-procedures.ts';

const [idCard, ...otherMaterials] = sampleItem.materials;
const { review } = sampleItem;
if (!idCard || !review) throw new Error('the sample item has changed');

const record = {
  state: 'in-force',
  effectiveOn: '2026-01-01',
  objects: ['1'],
  forms: ['1', '9'],
  terminal: true,
  online: true,
  appointment: false,
  onlinePayment: false,
  post: 'free',
  area: 'county',
  topics: ['社会救助'],
  withOffices: [],
  specialProcedures: [],
} as const satisfies Partial<CatalogueItem['record']>;
const rule = (when: object) => ({ version: 1, rules: [{ id: 'R01', says: '规则。', when, otherwise: 'refuse' }] });

test('names its special procedures by the one list of them', () => {
  const basis = { title: '行政许可法', article: '第四十五条', text: '所需时间不计算在规定的期限内。' };
  const named = (kind: string) =>
    catalogueItem.safeParse({
      ...sampleItem,
      record: { ...record, specialProcedures: [{ kind, name: '程序', days: 5, basis }] },
    });
  for (const kind of Object.keys(specialProcedures)) expect(named(kind).success, kind).toBe(true);
  expect(named('other').success).toBe(false);
});

test.each<[string, string, object]>([
  ['no stamp', 'review', { review: undefined }],
  ['a stamp that says classified', 'review.verdict', { review: { ...review, verdict: 'classified' } }],
  ['withdrawn', 'record.state', { record: { ...record, state: 'withdrawn' } }],
  ['an end before the beginning', 'record.cancelledOn', { record: { ...record, cancelledOn: '2025-12-31' } }],
  ['a variant that is no code', 'variants.0.code', { variants: [{ code: 'x'.repeat(33), name: '首次' }] }],
  [
    'a variant of another item',
    'variants.0.code',
    { variants: [{ code: '11990101MB00000193499050000200001', name: '首次' }] },
  ],
  [
    'a variant twice',
    'variants.1.code',
    {
      variants: [
        { code: `${sampleItem.code}01`, name: '首次' },
        { code: `${sampleItem.code}01`, name: '变更' },
      ],
    },
  ],
  [
    'a variant for an unknown answer',
    'variants.0.when.0.anyOf.0',
    { variants: [{ code: `${sampleItem.code}01`, name: '首次', when: [{ question: 'who', anyOf: ['cat'] }] }] },
  ],
  ['stages longer than promised', 'stages', { stages: [{ stage: 'review', office: '民政局', days: 8 }] }],
  [
    'substitutes out of order',
    'materials.0.substitutes',
    { materials: [{ ...idCard, substitutes: ['paper', 'network-check'] }, ...otherMaterials] },
  ],
  [
    'a certificate without its type',
    'materials.0.substitutes',
    { materials: [{ ...idCard, substitutes: ['e-certificate', 'paper'] }, ...otherMaterials] },
  ],
  [
    'a rule about a field it lacks',
    'instantApproval.rules.0.when',
    { instantApproval: rule({ fact: 'form.gone', is: 1 }) },
  ],
  ...['其他有关文件', '身份证明等材料', '法律法规规定的其它凭据', '其他的证明'].map(
    (name): [string, string, object] => [
      name,
      'materials.0.name',
      { materials: [{ ...idCard, name }, ...otherMaterials] },
    ],
  ),
])('stops an item with %s', (_case, path, change) => {
  const item = catalogueItem.parse({ ...sampleItem, ...change });
  expect(checkItem(item)).toContainEqual(expect.objectContaining({ path, weight: 'stop' }));
});

test('an item with every detail is fine', () => {
  const item = catalogueItem.parse({
    ...sampleItem,
    record: { ...record, cancelledOn: '2030-01-01' },
    stages: [{ stage: 'review', office: '民政局', days: 7 }],
    variants: [
      { code: `${sampleItem.code}01`, name: '本人', when: [{ question: 'who', anyOf: ['self'] }] },
      { code: `${sampleItem.code}02`, name: '代办' },
    ],
    materials: [
      { ...idCard, certificate: 'id-card', substitutes: ['certificate', 'e-certificate', 'paper'] },
      ...otherMaterials,
    ],
    instantApproval: rule({
      any: [
        { fact: 'form.age', atLeast: 80 },
        { fact: 'register.age', atLeast: 80 },
      ],
    }),
  });
  expect(checkItem(item)).toStrictEqual([]);
});
