import { checkCharacter } from './iso-7064.ts';
import { refused, done, type Result } from './result.ts';

/** 预申: tells the number apart from any official one, none of which begins with these letters. */
const prefix = 'YS';
const shape = /^YS([0-9A-Z]{4,12})(\d{6})(\d{4})([0-9A-Z])$/;

/** The most cases one kiosk can number on one day. */
export const lastSerial = 9_999;

/**
 * The number a case carries until the platform gives the official one, and as an alias ever after. It must be unique
 * without asking anybody (no national shape exists that a kiosk may issue by itself), so it names kiosk and day:
 * `YS-<kiosk>-<yymmdd>-<serial of that day>-<ISO 7064 MOD 37,36 check character>`.
 *
 * @param kioskId 4 to 12 digits and capital letters, as in the configuration
 * @param day YYYY-MM-DD, local to the kiosk
 * @param serial 1 to {@link lastSerial}
 */
export function makeProvisionalNumber(kioskId: string, day: string, serial: number): string {
  if (!/^[0-9A-Z]{4,12}$/.test(kioskId) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    throw new RangeError('kiosk id or day has the wrong shape');
  }
  if (!Number.isInteger(serial) || serial < 1 || serial > lastSerial) throw new RangeError('serial out of range');
  const date = day.slice(2).replaceAll('-', '');
  const count = String(serial).padStart(4, '0');
  return [prefix, kioskId, date, count, checkCharacter(`${prefix}${kioskId}${date}${count}`)].join('-');
}

/**
 * Reads a provisional number as people type it: lower case, full-width characters, spaces, any or no dashes.
 * `not-provisional`: some other kind of number, perhaps an official one. `mistyped`: the check character does not fit.
 */
export function parseProvisionalNumber(input: string): Result<string, 'not-provisional' | 'mistyped'> {
  const compact = input
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Dash}]/gu, '');
  const match = shape.exec(compact);
  if (!match) return refused('not-provisional');
  const [, kioskId, date, serial, check] = match;
  if (checkCharacter(compact.slice(0, -1)) !== check) return refused('mistyped');
  return done([prefix, kioskId, date, serial, check].join('-'));
}
