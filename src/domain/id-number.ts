const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/**
 * Whether a citizen identity number fits GB 11643-1999: six digits of region, a real birth date, three of sequence, and
 * the check character of ISO 7064 MOD 11-2 (a capital X stands for ten). The numbers of Hong Kong, Macau and Taiwan
 * residence permits and of the 2023 foreigner card follow the same rule. Region codes are not looked up.
 */
export function isIdNumberValid(value: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return false;
  if (!isCalendarDate(value.slice(6, 14))) return false;
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(value[index]);
  return CHECK_CHARACTERS[sum % 11] === value[17];
}

/** `digits` is YYYYMMDD. */
function isCalendarDate(digits: string): boolean {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
