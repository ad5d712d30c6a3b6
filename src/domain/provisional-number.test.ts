import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastSerial, makeProvisionalNumber, parseProvisionalNumber } from './provisional-number.ts';

const kioskId = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')),
  minLength: 4,
  maxLength: 12,
});
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const serial = fc.integer({ min: 1, max: lastSerial });

test('names kiosk, day and serial', () => {
  expect(makeProvisionalNumber('HALL01', '2026-11-22', 7)).toMatch(/^YS-HALL01-261122-0007-[0-9A-Z]$/);
});

test('is read back from what people make of it', () => {
  fc.assert(
    fc.property(kioskId, day, serial, (kiosk, date, count) => {
      const number = makeProvisionalNumber(kiosk, date, count);
      for (const typed of [
        number,
        number.toLowerCase(),
        number.replaceAll('-', ''),
        number.replaceAll('-', ' '),
        ` ${number.replaceAll('-', '—')} `,
        number.replaceAll(/[0-9A-Z-]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)),
      ]) {
        expect(parseProvisionalNumber(typed)).toStrictEqual({ ok: true, value: number });
      }
    }),
  );
});

test('two cases never share a number', () => {
  fc.assert(
    fc.property(kioskId, kioskId, day, day, serial, serial, (kioskA, kioskB, dayA, dayB, a, b) => {
      fc.pre(kioskA !== kioskB || dayA !== dayB || a !== b);
      expect(makeProvisionalNumber(kioskA, dayA, a)).not.toBe(makeProvisionalNumber(kioskB, dayB, b));
    }),
  );
});

test('one mistyped digit is noticed', () => {
  const number = makeProvisionalNumber('HALL01', '2026-11-22', 7);
  expect(parseProvisionalNumber(number.replace('0007', '0008'))).toStrictEqual({ ok: false, reason: 'mistyped' });
});

test.each(['', '12345', 'YS', '11990101MB000001934990500001000202611220001', 'YS-hall_01-261122-0007-A'])(
  'leaves %j to those who know other numbers',
  (number) => {
    expect(parseProvisionalNumber(number)).toStrictEqual({ ok: false, reason: 'not-provisional' });
  },
);

test.each([
  ['kiosk id in small letters', 'hall01', '2026-11-22', 1],
  ['no day', 'HALL01', '22.11.2026', 1],
  ['serial zero', 'HALL01', '2026-11-22', 0],
  ['serial with five digits', 'HALL01', '2026-11-22', 10_000],
])('refuses to make a number from a wrong part: %s', (_case, kiosk, date, count) => {
  expect(() => makeProvisionalNumber(kiosk, date, count)).toThrow(RangeError);
});
