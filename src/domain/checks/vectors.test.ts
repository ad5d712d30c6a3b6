import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import regions from '../../../resources/regions/regions.json' with { type: 'json' };
import { idNumberCheckCharacter } from '../id-number.ts';
import certificateIds from '../vectors/certificate-id.json' with { type: 'json' };
import creditCodes from '../vectors/credit-code.json' with { type: 'json' };
import identityNumbers from '../vectors/identity-number.json' with { type: 'json' };
import phones from '../vectors/phone.json' with { type: 'json' };
import regionCodes from '../vectors/region-code.json' with { type: 'json' };
import { checkCertificateId } from './certificate-id.ts';
import { checkEnteredCreditCode } from './credit-code.ts';
import { checkIdentityNumber } from './identity-number.ts';
import { checkPhone } from './phone.ts';
import { checkRegionCode, readRegionTable, type RegionTable } from './region-code.ts';
import type { Verdict } from './verdict.ts';

const today = '2026-11-22';

/** The shipped list and a made-up province whose codes ended or will end. */
function table(): RegionTable {
  const retired = [
    { code: '980000', name: '旧示例省', retiredOn: today },
    { code: '980100', name: '旧示例市', retiredOn: '2026-01-01' },
    { code: '980101', name: '旧示例县', retiredOn: '2027-01-01' },
  ];
  const read = readRegionTable({ ...regions, regions: [...regions.regions, ...retired] });
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

interface Vector {
  readonly note: string;
  readonly input: string;
  readonly level: string;
  readonly value?: string;
  readonly reason?: string;
}

type Check = (input: string) => Verdict<string, string>;

const regionTable = table();
const checks: readonly (readonly [string, Check, readonly Vector[]])[] = [
  ['identity number', (input) => checkIdentityNumber(input, today), identityNumbers],
  ['credit code', checkEnteredCreditCode, creditCodes],
  ['region code', (input) => checkRegionCode(regionTable, input, today), regionCodes],
  ['phone', checkPhone, phones],
  ['certificate id', checkCertificateId, certificateIds],
];

describe.each(checks)('%s', (_name, check, vectors) => {
  test.each(vectors)('[P-03] $note: $level', ({ note: _note, input, ...expected }) => {
    expect(check(input)).toStrictEqual(expected);
  });

  test('what passed once passes again, unchanged', () => {
    for (const { input } of vectors) {
      const verdict = check(input);
      if (verdict.level !== 'stop') expect(check(verdict.value)).toStrictEqual(verdict);
    }
  });

  test('no text throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ['ok', 'warn', 'stop'].includes(check(text).level)));
  });
});

test('[P-03] a genuine licence of the Fujian kind is a warning, not an error', () => {
  expect(checkEnteredCreditCode('91350211M0000XUF46').level).toBe('warn');
});

test('one wrong digit of an identity number is always stopped', () => {
  const first17 = fc.tuple(fc.nat({ max: 9_999 }), fc.nat({ max: 999 })).map(([day, count]) => {
    const birth = new Date(Date.UTC(1960, 0, 1 + day)).toISOString().slice(0, 10).replaceAll('-', '');
    return `990101${birth}${String(count).padStart(3, '0')}`;
  });
  fc.assert(
    fc.property(first17, fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
      const number = digits + idNumberCheckCharacter(digits);
      expect(checkIdentityNumber(number, today).level).toBe('ok');
      const wrong = (Number(number[at]) + shift) % 10;
      expect(checkIdentityNumber(number.slice(0, at) + wrong + number.slice(at + 1), today).level).toBe('stop');
    }),
  );
});

describe('the region list', () => {
  test('may be replaced: a code it gains is no longer unknown', () => {
    const added = [...regions.regions, { code: '160000', name: '新示例省' }];
    const read = readRegionTable({ ...regions, regions: added });
    if (!read.ok) throw new Error(read.reason);
    expect(checkRegionCode(regionTable, '160101', today).level).toBe('warn');
    expect(checkRegionCode(read.value, '160101', today).level).toBe('ok');
  });

  test.each([
    ['prefecture', '510100', 'warn'],
    ['prefecture', '510101', 'ok'],
    ['county', '510101', 'warn'],
    ['county', '990101', 'ok'],
  ])('complete to the %s: %s is %s', (completeTo, code, level) => {
    const read = readRegionTable({ ...regions, completeTo });
    if (!read.ok) throw new Error(read.reason);
    expect(checkRegionCode(read.value, code, today).level).toBe(level);
  });

  test.each([
    ['malformed', { ...regions, regions: [] }],
    ['malformed', undefined],
    ['twice', { ...regions, regions: [...regions.regions, { code: '110000', name: '北京' }] }],
    ['orphan', { ...regions, regions: [{ code: '990101', name: '安澜县' }] }],
  ])('%s', (reason, data) => {
    expect(readRegionTable(data)).toMatchObject({ ok: false, reason });
  });
});
