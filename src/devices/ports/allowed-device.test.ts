import { expect, test } from 'vitest';
import { refusalOf } from './allowed-device.ts';

const vendorHid = { class: 3, subclass: 0, protocol: 0 };
const storage = { class: 8, subclass: 6, protocol: 0x50 };
const bootKeyboard = { class: 3, subclass: 1, protocol: 1 };
const bootMouse = { class: 3, subclass: 1, protocol: 2 };
const vendorUsage = { page: 0xff00, usage: 1 };

test.each([
  ['a vendor device', [vendorHid], [vendorUsage], undefined],
  ['nothing known', [], [], undefined],
  [
    'a serial device',
    [
      { class: 2, subclass: 2, protocol: 1 },
      { class: 10, subclass: 0, protocol: 0 },
    ],
    [],
    undefined,
  ],
  ['a pointer', [bootMouse], [{ page: 1, usage: 2 }], undefined],
  ['a bar code scanner', [vendorHid], [{ page: 0x8c, usage: 2 }], undefined],
  ['a stick', [storage], [], 'storage-refused'],
  ['a reader with a store inside', [vendorHid, storage], [vendorUsage], 'storage-refused'],
  ['a keyboard by its interface', [bootKeyboard], [], 'keyboard-refused'],
  ['a keyboard by its usage', [vendorHid], [{ page: 1, usage: 6 }], 'keyboard-refused'],
  ['a keypad by its usage', [vendorHid], [{ page: 1, usage: 7 }], 'keyboard-refused'],
  ['a reader that can also type', [vendorHid, bootKeyboard], [vendorUsage], 'keyboard-refused'],
] as const)('%s', (_, interfaces, usages, refusal) => {
  expect(refusalOf({ interfaces, usages })).toBe(refusal);
});
