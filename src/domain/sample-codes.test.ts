import { expect, test } from 'vitest';
import { parseProvisionalNumber } from './provisional-number.ts';
import { sampleCodes } from './sample-codes.ts';
import { readScannedCode } from './scanned-code.ts';

test('a simulated reader shows a number as receipts have it, and an address that nobody may follow', () => {
  const [number = '', address = ''] = sampleCodes;
  expect(parseProvisionalNumber(number)).toMatchObject({ ok: true });
  expect(readScannedCode(new TextEncoder().encode(address), undefined, { hosts: ['hall.invalid'] })).toMatchObject({
    ok: false,
    reason: 'foreign-address',
  });
});
