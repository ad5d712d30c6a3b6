import { expect, test } from 'vitest';
import { isMaterialComplete } from './application.ts';
import { outlineOf, payloadFor } from './cross-region.ts';
import { formSchemaOf } from './form-schema.ts';
import { checkField } from './form-rules.ts';
import { maskCardValue } from './masking.ts';

// Data of a later version may get past the types; it must stop loudly and not be taken for something else.
test.each([
  ['a kind of field', checkField, [{ type: 'colour', required: true }, 'red', '2026-11-22']],
  ['a part of a card', maskCardValue, ['card.blood', 'A']],
  ['a way to be done elsewhere, told before', outlineOf, [{ item: { materials: [] }, answers: {} }, 'by-drone']],
  ['a way to be done elsewhere', payloadFor, [{ item: { fields: [], materials: [] } }, 'by-drone', {}]],
  ['a kind of field in a schema', formSchemaOf, [{ situations: [], fields: [{ name: 'x', type: 'colour' }] }]],
  ['a source of a material', isMaterialComplete, [{}, { source: 'drone' }]],
])('%s that is not known throws', (_case, rule, given) => {
  expect(() => Reflect.apply(rule, undefined, given)).toThrow('unexpected value');
});
