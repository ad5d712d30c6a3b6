import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isIdNumberValid } from './id-number.ts';

test.each(['11010519491231002X', '911124198108030024', '810000199001010019', '830000199001010012'])(
  '%s fits its check character',
  (value) => expect(isIdNumberValid(value)).toBe(true),
);

test.each([
  ['a wrong check character', '110105194912310021'],
  ['a lower-case x', '11010519491231002x'],
  ['a day that does not exist', '110105194902300020'],
  ['seventeen digits', '11010519491231002'],
  ['nothing', ''],
  ['other characters', '1101051949123100２X'],
])('refuses %s', (_, value) => expect(isIdNumberValid(value)).toBe(false));

test('one wrong digit is always found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (position, shift) => {
      const digits = '11010519491231002X'.split('');
      digits[position] = String((Number(digits[position]) + shift) % 10);
      return !isIdNumberValid(digits.join(''));
    }),
  );
});
