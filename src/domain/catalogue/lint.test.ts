import { expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent } from '../../../test/fixtures/sample-item.ts';
import { type CatalogueItem, catalogueItem, type Material } from '../item.ts';
import type { CatalogueLists } from './lists.ts';
import { lintCatalogue } from './lint.ts';

const basis = { title: '办法', article: '第一条', text: '应当提交。' };
const lists: CatalogueLists = {
  certificates: [
    { id: 'marriage', name: '结婚证', issuer: '民政部门', paperNotAsked: true, showable: false },
    { id: 'birth', name: '出生医学证明', issuer: '卫生健康部门', paperNotAsked: false, showable: true },
  ],
  proofs: {
    retained: [{ id: 'RP-01', name: '死亡证明', issuer: '医疗机构', basis, reason: '别的地方查不到。' }],
    cancelled: [{ name: '无犯罪记录证明', ground: 'network-check', instead: '由部门核对。' }],
  },
  regions: [
    {
      code: '990101',
      name: '安澜县',
      level: '4',
      offices: [
        { creditCode: '11990101MB00000193', name: '安澜县民政局', windows: [] },
        { creditCode: '11990101MB0000027X', name: '安澜县人力资源和社会保障局', windows: [] },
      ],
    },
  ],
};

/** Complete, as the makers of a catalogue must deliver it. */
const complete: CatalogueItem = {
  ...sampleItem,
  conditions: ['年满80周岁。'],
  tags: ['养老'],
  stages: [{ stage: 'review', office: '安澜县民政局', days: 7 }],
  record: {
    state: 'in-force',
    effectiveOn: '2026-01-01',
    objects: ['1'],
    forms: ['1', '9'],
    terminal: true,
    online: true,
    appointment: false,
    onlinePayment: false,
    post: 'none',
    area: 'county',
    topics: ['社会救助'],
    withOffices: [],
    specialProcedures: [],
  },
  guide: {
    ...sampleItem.guide,
    questions: [
      { question: '何时发？', answer: '每月十五日。' },
      { question: '发到哪里？', answer: '发到社会保障卡。' },
    ],
    flow: ['提交', '受理', '审核'].map((step) => ({ step, who: '民政局', duration: '1个工作日' })),
  },
};
const problems = (items: CatalogueItem[], path: string) =>
  lintCatalogue(items, lists).filter((finding) => finding.path === path);

test('[H-24] a complete item has no findings', () => {
  expect(lintCatalogue([complete], lists)).toStrictEqual([]);
});

test.each(['conditions', 'tags', 'stages', 'record', 'review'] as const)('[H-24] %s is missing', (part) => {
  const { [part]: _gone, ...rest } = complete;
  expect(problems([rest], part)).toContainEqual({ code: complete.code, path: part, problem: 'missing' });
});

const guide = (change: Partial<CatalogueItem['guide']>) => ({ guide: { ...complete.guide, ...change } });
const material = (change: Partial<CatalogueItem['materials'][number]>) => ({
  materials: complete.materials.map((one, index) => (index === 2 ? { ...one, ...change } : one)),
});

test.each<[string, string, Partial<CatalogueItem>]>([
  ['one common question only', 'guide.questions', guide({ questions: complete.guide.questions.slice(1) })],
  ['two steps only', 'guide.flow', guide({ flow: complete.guide.flow.slice(1) })],
  ['a text that says nothing', 'guide.audience', guide({ audience: '详见办事指南' })],
  ['fees left open', 'guide.fees', guide({ fees: '待定' })],
  [
    'an office that a mark still stands for',
    'guide.flow.1.who',
    guide({ flow: complete.guide.flow.map((step, index) => (index === 1 ? { ...step, who: '@、民政局' } : step)) }),
  ],
  ['an item that is not for terminals', 'record.terminal', { record: { ...complete.record!, terminal: false } }],
  ['a catch-all', 'materials.2.name', material({ name: '法律法规规定的其他材料' })],
  ['a certificate type that nobody issues', 'materials.2', material({ certificate: 'flying' })],
  ['a certificate on paper that offices look up', 'materials.2', material({ certificate: 'marriage' })],
  ['the same by its name', 'materials.2', material({ name: '结婚证复印件' })],
  ['a proof that is not retained', 'materials.2', material({ name: '居住证明' })],
  ['a proof with an unknown number', 'materials.2', material({ name: '死亡证明', proof: 'RP-77' })],
  ['a cancelled proof', 'materials.2', material({ name: '无犯罪记录证明', proof: 'RP-01' })],
  [
    'an office that is not in the tree',
    'department.creditCode',
    { department: { name: '安澜县公安局', creditCode: '11990101MB0000043K' }, code: '11990101MB0000043K4990500001000' },
  ],
  ['another name of the office', 'department.name', { department: { ...complete.department, name: '民政局' } }],
])('[H-24] finds %s', (_case, path, change) => {
  expect(problems([{ ...complete, ...change }], path)).toHaveLength(1);
});

test('a certificate that its electronic form stands for, and a retained proof, are fine', () => {
  const fine = [
    material({ name: '结婚证', certificate: 'marriage', substitutes: ['e-certificate', 'paper'] }),
    material({ name: '死亡证明', proof: 'RP-01' }),
    material({ name: '出生医学证明', certificate: 'birth' }),
  ];
  for (const change of fine) expect(lintCatalogue([{ ...complete, ...change }], lists)).toStrictEqual([]);
});

test('[P-02] a code twice, a basic code under two names, a name under two basic codes', () => {
  const twice = lintCatalogue([complete, complete], lists).filter(({ path }) => path === 'code');
  expect(twice).toMatchObject([{ problem: 'is used twice' }]);
  const elsewhere = {
    ...complete,
    code: '11990101MB0000027X4990500001000',
    name: '长寿津贴',
    department: { name: '安澜县人力资源和社会保障局', creditCode: '11990101MB0000027X' },
  };
  expect(problems([complete, elsewhere], 'code')).toMatchObject([
    { problem: 'the basic code is that of 高龄津贴 too' },
  ]);
  const other = { ...complete, code: '11990101MB000001934990500009000' };
  expect(problems([complete, other], 'name')).toMatchObject([{ problem: 'has the basic code 990500001000 elsewhere' }]);
});

test('[P-02] a code whose parts do not agree', () => {
  expect(problems([{ ...complete, code: `${complete.code}1` }], 'code')).not.toStrictEqual([]);
});

test('the parts of an 一件事 are items of the catalogue, by the same name', () => {
  const event = { ...complete, parts: sampleLifeEvent.parts };
  const findings = lintCatalogue([event], lists).filter(({ path }) => path.startsWith('parts'));
  expect(findings).toMatchObject([
    { path: 'parts.0.code', problem: 'the item is called 高龄津贴' },
    { path: 'parts.1.code', problem: 'no item of this catalogue' },
  ]);
});

test('a part of an 一件事 that is called as its item is fine', () => {
  const [part] = sampleLifeEvent.parts!;
  const event = { ...complete, parts: [{ ...part!, code: complete.code, name: complete.name }] };
  expect(problems([event], 'parts.0.code')).toStrictEqual([]);
});

test('words that were copied from another item', () => {
  const copy = { ...complete, code: '11990101MB000001934990500009000', name: '养老补贴' };
  expect(lintCatalogue([complete, copy], lists).map(({ path }) => path)).toStrictEqual([
    'guide.audience',
    'guide.result',
    'guide.questions.0.answer',
    'guide.questions.1.answer',
  ]);
});

test('[H-24] a written commitment says what is promised, the duties and what follows when it is not true', () => {
  const [first, ...others] = complete.materials;
  if (!first) throw new Error('an item without materials');
  const pledge = { promises: ['情况属实。'], duties: ['配合核查。'], consequences: ['终止办理。'], basis };
  const found = (change: Partial<Material>) =>
    problems([{ ...complete, materials: [{ ...first, ...change }, ...others] }], 'materials.0');
  const substitutes: Material['substitutes'] = ['commitment', 'paper'];
  expect(found({ substitutes, pledge })).toEqual([]);
  expect(found({ substitutes })).toMatchObject([{ problem: expect.stringContaining('what is promised') }]);
  expect(found({ pledge })).toMatchObject([{ problem: expect.stringContaining('not among its substitutes') }]);
  for (const part of ['promises', 'duties', 'consequences'] as const)
    expect(
      catalogueItem.safeParse({ ...complete, materials: [{ ...first, pledge: { ...pledge, [part]: [] } }] }),
    ).toMatchObject({ success: false });
});
