import { isDay, type Day } from '../calendar/day.ts';
import { birthDay, idNumberCheckCharacter } from '../id-number.ts';
import { compact, ok, stop, warn, type Verdict } from './verdict.ts';

/**
 * - `first-generation`: 15 digits. Such cards ended on 1 January 2013 (居民身份证法, as amended in 2011), old papers
 *   still show their numbers, and they have no check character.
 */
export type IdentityNumberWarning = 'first-generation';
export type IdentityNumberStop = 'malformed' | 'no-such-birth-date' | 'born-in-the-future' | 'check-character';

/**
 * Checks the number of an identity document that stands for a person in the hall:
 *
 * - GB 11643-1999, 18 characters: citizens; residence permits of Hong Kong, Macau and Taiwan (810000, 820000, 830000);
 *   the foreigner's permanent residence card of 2023 (9, two digits of the place, three of the country).
 * - 15 digits: GB 11643-1989.
 * - three letters and twelve digits: the foreigner's permanent residence card of 2017 (country, place, birth as YYMMDD,
 *   two more; its rule for the last digit is not published, so it is not checked).
 *
 * Region codes are not looked up: numbers keep the code of the day they were given, retired since or not.
 *
 * @param today at the hall
 */
export function checkIdentityNumber(input: string, today: Day): Verdict<IdentityNumberWarning, IdentityNumberStop> {
  const value = compact(input);
  if (/^[1-9]\d{14}$/.test(value)) {
    return isBirthDate('19', value.slice(6, 12)) ? warn(value, 'first-generation') : stop('no-such-birth-date');
  }
  if (/^[A-Z]{3}\d{12}$/.test(value)) {
    return isBirthDate('20', value.slice(7, 13)) ? ok(value) : stop('no-such-birth-date');
  }
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return stop('malformed');
  // The check character first: with one wrong digit in the birth date it is the digit that is wrong, not the date.
  if (idNumberCheckCharacter(value.slice(0, 17)) !== value[17]) return stop('check-character');
  const birth = birthDay(value);
  if (!isDay(birth)) return stop('no-such-birth-date');
  return birth > today ? stop('born-in-the-future') : ok(value);
}

/**
 * `digits` is YYMMDD. Numbers of 15 digits belong to people of the 20th century. With the foreigners' cards it cannot be
 * told, but every day that a year of the 20th century had, that of the 21st has too.
 */
function isBirthDate(century: '19' | '20', digits: string): boolean {
  return isDay(`${century}${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`);
}
