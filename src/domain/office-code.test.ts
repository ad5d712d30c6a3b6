import { expect, test } from 'vitest';
import { hallOfOffice } from './office-code.ts';

test.each([
  ['990101', '990101'],
  ['990101-W3', '990101'],
  ['990101004001-desk', '990101004001'],
  ['12345', undefined],
  ['11990101MB00000193', undefined],
  ['9901010040011', undefined],
  ['990101-', undefined],
  ['centre-990101', undefined],
])('office %s is of hall %s', (office, hall) => {
  expect(hallOfOffice(office)).toBe(hall);
});
