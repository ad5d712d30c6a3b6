import type { CatalogueItem, FormField } from './item.ts';
import type { Condition } from './item-details.ts';
import { assertNever } from './result.ts';

/** A JSON Schema (draft 2020-12), as plain data. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * The form of an item as JSON Schema: for those who fill it in elsewhere, and for whoever receives it. It is derived from
 * the one description that the pages use, and describes what is handed in: `{ situations, fields }`, all values as
 * strings. It is as strict as {@link checkField} except for what JSON Schema cannot say: check characters, a calendar day
 * against today, and the range of a number (a string has no minimum; it stands in `x-min` and `x-max`).
 */
export function formSchemaOf(item: CatalogueItem): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:item:${item.code}:${item.version}`,
    title: item.name,
    type: 'object',
    required: ['situations', 'fields'],
    properties: {
      situations: {
        type: 'object',
        properties: Object.fromEntries(
          item.situations.map(({ id, question, options }) => [
            id,
            { title: question, enum: options.map((option) => option.id) },
          ]),
        ),
        additionalProperties: false,
      },
      fields: {
        type: 'object',
        properties: Object.fromEntries(item.fields.map((field) => [field.name, schemaOf(field)])),
        additionalProperties: false,
      },
    },
    allOf: [
      ...item.situations.map(({ id, when }) => wanted('situations', id, when, true)),
      ...item.fields.map(({ name, when, required }) => wanted('fields', name, when, required)),
    ],
  };
}

/** Where the condition holds, the value must be there if it is required; where it does not hold, it must not be there. */
function wanted(
  part: 'situations' | 'fields',
  name: string,
  when: Condition | undefined,
  isRequired: boolean,
): JsonSchema {
  const present = isRequired ? { properties: { [part]: { required: [name] } } } : {};
  if (!when) return present;
  const holds = {
    properties: {
      situations: {
        required: when.map(({ question }) => question),
        properties: Object.fromEntries(when.map(({ question, anyOf }) => [question, { enum: anyOf }])),
      },
    },
  };
  const absent = { properties: { [part]: { properties: { [name]: false } } } };
  return { allOf: [{ anyOf: [{ not: holds }, present] }, { anyOf: [holds, absent] }] };
}

function schemaOf(field: FormField): JsonSchema {
  const shown = { title: field.label, description: field.question, type: 'string' };
  switch (field.type) {
    case 'text':
      return { ...shown, maxLength: field.maxLength, pattern: String.raw`\S` };
    case 'number':
      return {
        ...shown,
        pattern: String.raw`^(0|-?(0|[1-9]\d{0,14})(\.\d{1,6})?)$`,
        'x-min': field.min,
        'x-max': field.max,
      };
    case 'date':
      return { ...shown, format: 'date', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` };
    case 'phone':
      return { ...shown, pattern: String.raw`^(1[3-9]\d{9}|0\d{2,3}\d{7,8}|\+[1-9]\d{6,14})$` };
    case 'email':
      return { ...shown, maxLength: 254, pattern: String.raw`^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$` };
    case 'id-number':
      return { ...shown, pattern: String.raw`^\d{17}[\dX]$` };
    case 'credit-code':
      return { ...shown, pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' };
    case 'choice':
      return { ...shown, enum: field.options.map(({ id }) => id) };
    case 'choices':
      return { ...shown, pattern: choicesPattern(field.options.map(({ id }) => id)) };
    case 'yes-no':
      return { ...shown, enum: ['yes', 'no'] };
    default:
      return assertNever(field);
  }
}

/** Option ids joined by a comma, each at most once, in the order of the item. */
function choicesPattern(ids: readonly string[]): string {
  const rest = ids.map((id) => `(${id}(,|$))?`).join('');
  return `^(?=.)(?!.*,$)${rest}$`;
}
