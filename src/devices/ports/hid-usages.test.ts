import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applicationUsages } from './hid-usages.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test.each([
  // The keyboard of the HID specification's appendix E.6.
  [
    'keyboard',
    `05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01 95 05 75 01 05 08 19 01 29 05
     91 02 95 01 75 03 91 01 95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0`,
    [{ page: 1, usage: 6 }],
  ],
  [
    'vendor page of two bytes',
    '06 00 FF 09 01 A1 01 15 00 26 FF 00 75 08 95 40 09 01 81 02 C0',
    [{ page: 0xff00, usage: 1 }],
  ],
  ['usage that names its page', '0B 02 00 8C 00 A1 01 C0', [{ page: 0x8c, usage: 2 }]],
  [
    'two collections',
    '05 01 09 02 A1 01 09 01 A1 00 C0 C0 09 06 A1 01 C0',
    [
      { page: 1, usage: 2 },
      { page: 1, usage: 6 },
    ],
  ],
  [
    'page kept aside and taken back',
    '05 01 A4 05 8C 09 02 A1 01 C0 B4 09 06 A1 01 C0',
    [
      { page: 0x8c, usage: 2 },
      { page: 1, usage: 6 },
    ],
  ],
  ['long item passed over', 'FE 02 10 05 01 05 8C 09 02 A1 01 C0', [{ page: 0x8c, usage: 2 }]],
  ['cut short', '05 01 09 06 A1 01 05', [{ page: 1, usage: 6 }]],
  ['nothing', '', []],
])('%s', (_, descriptor, usages) => {
  expect(applicationUsages(bytes(descriptor.replaceAll(/\s+/g, '')))).toEqual(usages);
});

test('takes any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
      expect(applicationUsages(any).length).toBeLessThanOrEqual(any.length);
    }),
    { numRuns: 2_000 },
  );
});
