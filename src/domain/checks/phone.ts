import { compact, ok, stop, warn, type Verdict } from './verdict.ts';

/**
 * - `outside-the-mainland`: text messages may not arrive.
 * - `unusual-landline`: no area code of the numbering plan begins like that, or the number is too short for its area.
 */
export type PhoneWarning = 'outside-the-mainland' | 'unusual-landline';

/**
 * Checks a telephone number that a person can be called on: a mobile number of the mainland (11 digits from 13 to 19;
 * 电信网编号计划), a landline with its area code (010 and 02x with eight digits, others with seven or eight, the first
 * of them 2 to 9), or with `+` one from elsewhere after ITU-T E.164. A landline without its area code is no number.
 */
export function checkPhone(input: string): Verdict<PhoneWarning, 'malformed'> {
  const value = compact(input)
    .replaceAll(/[()]/g, '')
    .replace(/^(?:\+|00)86/, '');
  if (/^1[3-9]\d{9}$/.test(value)) return ok(value);
  if (/^0(?:10|2\d)[2-9]\d{7}$/.test(value) || /^0[3-9]\d{2}[2-9]\d{6,7}$/.test(value)) return ok(value);
  if (/^0\d{2,3}\d{7,8}$/.test(value)) return warn(value, 'unusual-landline');
  return /^\+[1-9]\d{6,14}$/.test(value) ? warn(value, 'outside-the-mainland') : stop('malformed');
}
