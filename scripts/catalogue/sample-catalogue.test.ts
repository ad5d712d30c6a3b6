import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { Validator } from '@cfworker/json-schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { samplePerson } from '../../test/fixtures/sample-item.ts';
import { applicableFields, applicableMaterials } from '../../src/domain/situations.ts';
import type { CatalogueLists } from '../../src/domain/catalogue/lists.ts';
import { lintCatalogue } from '../../src/domain/catalogue/lint.ts';
import { compareTwins, countTwins } from '../../src/domain/catalogue/twins.ts';
import { offersFor } from '../../src/domain/cross-region.ts';
import { formSchemaOf } from '../../src/domain/form-schema.ts';
import type { CatalogueItem } from '../../src/domain/item.ts';
import { stopsClock } from '../../src/domain/limits/special-procedures.ts';
import { readItems, readLists, readRegion } from './read.ts';

const folder = join(import.meta.dirname, '../../resources/catalogue');
let items: CatalogueItem[] = [];
let twins: Map<string, CatalogueItem[]> = new Map();
let lists: CatalogueLists;

beforeAll(async () => {
  lists = await readLists();
  items = await readRegion(folder);
  const regions = await readdir(join(folder, 'regions'));
  twins = new Map(
    await Promise.all(regions.map(async (code) => [code, await readRegion(join(folder, 'regions', code))] as const)),
  );
});

describe('the sample catalogue', () => {
  test('[H-24] has no findings, here and in the other regions', () => {
    expect(lintCatalogue(items, lists)).toStrictEqual([]);
    for (const region of twins.values()) expect(lintCatalogue(region, lists)).toStrictEqual([]);
  });

  test('covers the ten departments that every hall connects', () => {
    const departments = new Set(items.map(({ department }) => department.name));
    for (const name of [
      '教育',
      '公安',
      '民政',
      '人力资源',
      '住房和城乡',
      '卫生健康',
      '市场监督',
      '医疗保障',
      '不动产',
      '公积金',
    ])
      expect(
        [...departments].filter((one) => one.includes(name)),
        name,
      ).toHaveLength(1);
  });

  test('knows the 15 certificates that are not asked for on paper and the 14 that can be shown', () => {
    const named = (which: 'paperNotAsked' | 'showable') =>
      lists.certificates.filter((one) => one[which]).map(({ name }) => name);
    expect(named('paperNotAsked')).toStrictEqual(
      '营业执照、不动产登记证、食品经营许可证、结婚证、离婚证、烟草专卖零售许可证、烟草专卖品准运证、超限运输许可证、道路运输经营许可证、社会团体法人登记证书、民办非企业单位登记证书、基金会法人登记证书、取水许可证、危险废物经营许可证、辐射安全许可证'.split(
        '、',
      ),
    );
    expect(named('showable')).toStrictEqual(
      '身份证、驾驶证、行驶证、社保卡、就业创业证、律师证、学位证书、学历证书、生育服务证、医师执业证书、护士执业证书、出生医学证明、献血证、残疾人证'.split(
        '、',
      ),
    );
  });

  test('[P-28] has twins in four regions that agree in the seven equal fields', async () => {
    const all = await readItems(folder);
    const regionOf = ({ code }: CatalogueItem) => code.slice(2, 8);
    expect(new Set(all.map(regionOf))).toStrictEqual(new Set(['990101', ...twins.keys()]));
    expect(twins.size).toBe(3);
    expect(countTwins(all)).toBeGreaterThanOrEqual(8);
    expect(compareTwins(all, lists.regions)).toStrictEqual([]);
  });

  test('[C-46] says for each field and each material why it is asked, and for each material by which rule', () => {
    for (const { fields, materials } of items) {
      for (const { reason } of [...fields, ...materials]) expect(reason.length).toBeGreaterThan(4);
      for (const { basis } of materials) expect(basis.title.length * basis.article.length).toBeGreaterThan(0);
    }
  });

  test('shows every way to be done for somebody from elsewhere', () => {
    const modes = ['990102', '990103', '990201'].flatMap((home) =>
      items.flatMap((item) => offersFor(item, home).map(({ mode }) => mode)),
    );
    expect(new Set(modes)).toStrictEqual(new Set(['all-online', 'collect-and-forward', 'joint']));
  });

  test('registers companies and dealers by 确认 (07), and lets the clock of 工伤认定 stand still for a court', () => {
    const registrations = items.filter(({ name }) =>
      /^(?:公司设立登记|个体工商户设立登记|企业简易注销登记)$/.test(name),
    );
    expect(registrations.map(({ type }) => type)).toStrictEqual(['07', '07', '07']);
    const injury = items.find(({ name }) => name.includes('工伤认定'));
    const named = injury?.record?.specialProcedures.map(({ kind }) => kind) ?? [];
    expect(named.map((kind) => stopsClock(kind, named))).toStrictEqual([true]);
    expect(named.map((kind) => stopsClock(kind, []))).toStrictEqual([false]);
  });

  test('decides some items by rules', () => {
    const instant = items.filter(({ instantApproval }) => instantApproval);
    expect(instant.length).toBeGreaterThanOrEqual(10);
  });

  test('its forms are JSON Schemas that take a filled-in form and refuse one with a gap', () => {
    for (const item of items) {
      const answers = firstAnswers(item);
      const fields = Object.fromEntries(
        applicableFields(item, answers).flatMap((field) => (field.required ? [[field.name, sampleValue(field)]] : [])),
      );
      const check = (value: unknown) => new Validator(formSchemaOf(item), '2020-12').validate(value);
      expect(check({ situations: answers, fields }), item.name).toMatchObject({ valid: true });
      for (const gone of Object.keys(fields)) {
        const { [gone]: _gone, ...rest } = fields;
        expect(check({ situations: answers, fields: rest }).valid, `${item.name}: ${gone}`).toBe(false);
      }
      expect(applicableMaterials(item, answers).length).toBeGreaterThan(0);
    }
  });

  test('the validator needs no code made at run time, so it works under the strict policy of the page', async () => {
    const child = spawn(
      process.execPath,
      [
        '--disallow-code-generation-from-strings',
        join(import.meta.dirname, '../../test/fixtures/validate-forms-child.ts'),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    child.stdin.end(JSON.stringify(items));
    expect(await json(child.stdout)).toStrictEqual({ forms: items.length, emptyRefused: items.length });
  });
});

/** The first option of every question that is asked then. */
function firstAnswers(item: CatalogueItem): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const { id, options, when = [] } of item.situations) {
    const [first] = options;
    if (first && when.every(({ question, anyOf }) => anyOf.includes(answers[question] ?? ''))) answers[id] = first.id;
  }
  return answers;
}

function sampleValue(field: CatalogueItem['fields'][number]): string {
  switch (field.type) {
    case 'number':
      return String(field.min);
    case 'date':
      return '2026-01-05';
    case 'phone':
      return '13800000000';
    case 'email':
      return 'a@b.cn';
    case 'id-number':
      return samplePerson.idNumber;
    case 'credit-code':
      return '11990101MB00000193';
    case 'choice':
    case 'choices':
      return field.options[0]?.id ?? '';
    case 'yes-no':
      return 'yes';
    case 'text':
      return '样'.repeat(Math.min(3, field.maxLength));
  }
}
