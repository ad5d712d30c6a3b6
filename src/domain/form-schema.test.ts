import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleItem } from '../../test/fixtures/sample-item.ts';
import { checkField } from './form-rules.ts';
import { formSchemaOf } from './form-schema.ts';
import type { FormField } from './item.ts';

const today = '2026-11-22';
const id = '990101194312310016';
const form = {
  situations: { who: 'self' },
  fields: {
    fullName: '欧阳试样',
    sex: '2',
    age: '83',
    birth: '1943-12-31',
    phone: '13800000000',
    services: 'meals,care',
    alone: 'yes',
  },
};

function isValid(value: unknown): boolean {
  // Through JSON, as it travels: an absent value is absent.
  const travelled: unknown = JSON.parse(JSON.stringify(value));
  return new Validator(formSchemaOf(sampleItem), '2020-12').validate(travelled).valid;
}
const withFields = (change: object) => ({ ...form, fields: { ...form.fields, ...change } });

describe('the form of an item as JSON Schema', () => {
  test.each<[string, unknown, boolean]>([
    ['takes a whole form', form, true],
    [
      'takes the one of an agent',
      { situations: { who: 'agent', relation: 'child' }, fields: { ...form.fields, elderId: id } },
      true,
    ],
    ['wants a required field', withFields({ phone: undefined }), false],
    ['wants a field whose condition holds', { ...form, situations: { who: 'agent', relation: 'child' } }, false],
    ['does not want one whose condition does not hold', withFields({ elderId: id }), false],
    ['wants the chained question', { situations: { who: 'agent' }, fields: { ...form.fields, elderId: id } }, false],
    ['knows no other fields', withFields({ shoeSize: '43' }), false],
    ['knows no other answers', { ...form, situations: { who: 'cat' } }, false],
    ['wants choices in order', withFields({ services: 'care,meals' }), false],
    ['wants each choice once', withFields({ services: 'meals,meals' }), false],
    ['wants no comma at the end', withFields({ services: 'meals,' }), false],
  ])('%s', (_case, value, expected) => {
    expect(isValid(value)).toBe(expected);
  });
});

/** One field alone, as `checkField` sees it. */
function schemaTakes(field: FormField, value: string): boolean {
  const item = { ...sampleItem, situations: [], fields: [{ ...field, when: undefined }] };
  const fields = { [field.name]: value };
  return new Validator(formSchemaOf(item), '2020-12').validate({ situations: {}, fields }).valid;
}

/** What JSON Schema cannot say, as this module's documentation lists it. */
const beyondSchema = new Set(['out-of-range', 'must-be-past', 'must-be-future']);

const likely = fc.oneof(
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789-+.,XAHyesnomealsbathingcare@张三 ')), maxLength: 20 }),
  fc.constantFrom('2026-02-29', '2024-02-29', '1943-12-31', '13800000000', '+8613800000000', 'a@b.cn', '-0', '0.5', id),
  fc.constantFrom('meals', 'meals,bathing', 'meals,care', 'yes', 'no', '11990101MB00000193', '1', '2', '150', '151'),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
);

describe.each(sampleItem.fields.map((field) => [field.type, field] as const))('a field of type %s', (_type, field) => {
  test('what the page takes, the schema takes', () => {
    fc.assert(
      fc.property(likely, (entered) => {
        const checked = checkField(field, entered, today);
        if (checked.ok && checked.value !== '') expect(schemaTakes(field, checked.value)).toBe(true);
      }),
    );
  });

  test('what the page refuses, the schema refuses, except for what a schema cannot say', () => {
    fc.assert(
      fc.property(likely, (entered) => {
        const checked = checkField({ ...field, required: true }, entered, today);
        if (checked.ok || beyondSchema.has(checked.reason)) return;
        const hasShapeOnly = checked.reason === 'not-an-id-number' && /^\d{17}[\dX]$/.test(entered);
        expect(schemaTakes(field, entered)).toBe(hasShapeOnly);
      }),
    );
  });
});
