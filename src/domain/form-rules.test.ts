import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleFields } from '../../test/fixtures/sample-item.ts';
import { checkField, fieldRule } from './form-rules.ts';
import type { FormField } from './item.ts';

const today = '2026-11-22';

function field(type: FormField['type'], change: object = {}): FormField {
  const found = sampleFields.find((one) => one.type === type);
  if (!found) throw new Error(`no sample field of type ${type}`);
  return { ...found, ...change };
}

test.each<[FormField['type'], string, string]>([
  ['text', '  欧阳  修 ', '欧阳 修'],
  ['text', '你好，人', '你好，人'],
  ['text', 'a\n\u0000b', 'a b'],
  ['number', '８０', '80'],
  ['number', '007.50', '7.5'],
  ['number', '-0', '0'],
  ['date', '2026-11-22', '2026-11-22'],
  ['date', '2024-02-29', '2024-02-29'],
  ['phone', '138 0000-1234', '13800001234'],
  ['phone', '+86 138 0000 1234', '13800001234'],
  ['phone', '(0100) 5550101', '01005550101'],
  ['phone', '+852 5555 0101', '+85255550101'],
  ['email', 'a.b@example.com', 'a.b@example.com'],
  ['id-number', '110105 19491231 002x', '11010519491231002X'],
  ['credit-code', '1131 0000-mb2f30661y', '11310000MB2F30661Y'],
  ['choice', '2', '2'],
  ['choices', 'care, meals,care', 'meals,care'],
  ['yes-no', 'no', 'no'],
])('takes the %s %j as %j', (type, entered, value) => {
  const rule = type === 'number' ? field(type, { min: -1 }) : field(type);
  expect(checkField(rule, entered, today)).toStrictEqual({ ok: true, value });
});

test.each<[string, FormField, string]>([
  ['too-long', field('text'), '一二三四五六'],
  ['not-a-number', field('number'), '八十'],
  ['not-a-number', field('number'), '1e3'],
  ['not-a-number', field('number'), '1,5'],
  ['out-of-range', field('number'), '151'],
  ['out-of-range', field('number'), '-1'],
  ['not-a-date', field('date'), '2026-02-30'],
  ['not-a-date', field('date'), '2025-02-29'],
  ['not-a-date', field('date'), '22.11.2026'],
  ['not-a-date', field('date'), '2026-13-01'],
  ['must-be-past', field('date'), '2026-11-23'],
  ['must-be-future', field('date', { span: 'future' }), '2026-11-21'],
  ['not-a-phone', field('phone'), '12345678901'],
  ['not-a-phone', field('phone'), '1380000123'],
  ['not-an-email', field('email'), 'a@b'],
  ['not-an-email', field('email'), 'a b@example.com'],
  ['not-an-email', field('email'), `${'a'.repeat(250)}@example.com`],
  ['not-an-id-number', field('id-number'), '110105194912310021'],
  ['not-a-credit-code', field('credit-code'), '1131000'],
  ['unknown-option', field('choice'), '3'],
  ['unknown-option', field('choices'), 'meals,flying'],
  ['unknown-option', field('yes-no'), 'maybe'],
  ['required', field('phone'), '  '],
])('names the broken rule %s', (rule, broken, entered) => {
  expect(checkField(broken, entered, today)).toStrictEqual({ ok: false, reason: rule });
});

test('a date may be today in either direction: a child born this morning, an insurance from today', () => {
  expect(checkField(field('date', { span: 'past' }), today, today).ok).toBe(true);
  expect(checkField(field('date', { span: 'future' }), today, today).ok).toBe(true);
});

test('a credit code with a wrong check character passes: genuine ones exist', () => {
  expect(checkField(field('credit-code'), '91350211M0000XUF46', today).ok).toBe(true);
});

test('what is not required may stay empty, whatever its type', () => {
  for (const one of sampleFields) {
    expect(checkField({ ...one, required: false }, ' ', today)).toStrictEqual({ ok: true, value: '' });
  }
});

test('any text gets a known answer, and a taken value is taken again unchanged', () => {
  const entered = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.date({ noInvalidDate: true }).map(String),
    fc.integer().map(String),
  );
  fc.assert(
    fc.property(fc.constantFrom(...sampleFields), entered, (one, value) => {
      const first = checkField(one, value, today);
      if (first.ok) expect(checkField(one, first.value, today)).toStrictEqual(first);
      else expect(fieldRule.options).toContain(first.reason);
    }),
  );
});
