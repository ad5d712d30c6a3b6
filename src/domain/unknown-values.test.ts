import { expect, test } from 'vitest';
import { isMaterialComplete } from './application.ts';
import { checkField } from './form-rules.ts';
import { maskCardValue } from './masking.ts';

// Data of a later version may get past the types; it must stop loudly and not be taken for something else.
test.each([
  ['a kind of field', checkField, [{ type: 'colour', required: true }, 'red', '2026-11-22']],
  ['a part of a card', maskCardValue, ['card.blood', 'A']],
  ['a source of a material', isMaterialComplete, [{}, { source: 'drone' }]],
])('%s that is not known throws', (_case, rule, given) => {
  expect(() => Reflect.apply(rule, undefined, given)).toThrow('unexpected value');
});
