/** GB 32100-2015: digits and capital letters without I, O, S, V, Z, worth 0 to 30 in this order. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/**
 * - `valid`: shape and check character fit.
 * - `doubtful`: the shape fits, the check character does not. Genuine codes like that were issued, so this is a warning
 *   to be confirmed by a person, never a refusal.
 * - `malformed`: not a code at all.
 */
export type CreditCodeCheck = 'valid' | 'doubtful' | 'malformed';

/** Checks a 统一社会信用代码 after GB 32100-2015: weights 3^(i-1) mod 31, check character 31 - sum mod 31. */
export function checkCreditCode(code: string): CreditCodeCheck {
  if (!shape.test(code)) return 'malformed';
  return creditCodeCheckCharacter(code.slice(0, 17)) === code[17] ? 'valid' : 'doubtful';
}

/** The 18th character for the first 17. */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}
