/** Digits and capital letters in the order of ISO/IEC 7064: 0-9 are worth 0-9, A-Z 10-35. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * Check character of ISO/IEC 7064 MOD 37,36 (hybrid system over digits and capital letters). Finds every single wrong
 * character and nearly every swap of neighbours. Other characters throw: the caller normalises first.
 */
export function checkCharacter(text: string): string {
  let rest = 36;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) throw new RangeError('only digits and capital letters have a check character');
    rest = (rest + value) % 36 || 36;
    rest = (rest * 2) % 37;
  }
  return alphabet.charAt((37 - rest) % 36);
}
