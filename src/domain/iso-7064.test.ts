import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCharacter } from './iso-7064.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

test('agrees with the worked example of ISO/IEC 7064 for MOD 37,36', () => {
  expect(checkCharacter('A12425GABC1234002')).toBe('M');
});

test('every single wrong character changes the check character', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(text, fc.nat(), fc.constantFrom(...Array.from(alphabet)), (right, seed, other) => {
      const at = seed % right.length;
      fc.pre(right[at] !== other);
      expect(checkCharacter(right.slice(0, at) + other + right.slice(at + 1))).not.toBe(checkCharacter(right));
    }),
  );
});

test('other characters are a mistake of the caller', () => {
  expect(() => checkCharacter('AB-1')).toThrow(RangeError);
});
