import { isDay, type Day } from './calendar/day.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/**
 * Whether a citizen identity number fits GB 11643-1999: six digits of region, a real birth date, three of sequence, and
 * the check character of ISO 7064 MOD 11-2 (a capital X stands for ten). The numbers of Hong Kong, Macau and Taiwan
 * residence permits and of the 2023 foreigner card follow the same rule. Region codes are not looked up.
 */
export function isIdNumberValid(value: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return false;
  return isDay(birthDay(value)) && idNumberCheckCharacter(value.slice(0, 17)) === value[17];
}

/** The birth date inside a number of 18 characters, real or not. */
export function birthDay(value: string): Day {
  return `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
}

/** The 18th character for the first 17. */
export function idNumberCheckCharacter(first17: string): string {
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(first17[index]);
  return CHECK_CHARACTERS.charAt(sum % 11);
}
