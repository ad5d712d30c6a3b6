import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCreditCode, creditCodeCheckCharacter } from './credit-code.ts';

test.each(['12441500196720244T', '11310000MB2F30661Y'])('the published code %s of a public body is valid', (code) => {
  expect(checkCreditCode(code)).toBe('valid');
});

test('a genuine code whose check character does not fit is doubtful, not malformed', () => {
  expect(checkCreditCode('91350211M0000XUF46')).toBe('doubtful');
});

test.each([
  ['one character short', '12441500196720244'],
  ['one too many', '12441500196720244TT'],
  ['a letter the alphabet lacks', '12441500196720244I'],
  ['small letters', '12441500196720244t'],
  ['nothing', ''],
])('%s is malformed', (_case, code) => {
  expect(checkCreditCode(code)).toBe('malformed');
});

const character = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY'));

test('every single wrong character is found', () => {
  const first17 = fc.string({ unit: character, minLength: 17, maxLength: 17 });
  fc.assert(
    fc.property(first17, fc.nat({ max: 17 }), character, (first, at, other) => {
      const code = first + creditCodeCheckCharacter(first);
      expect(checkCreditCode(code)).toBe('valid');
      fc.pre(code[at] !== other);
      expect(checkCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe('doubtful');
    }),
  );
});
