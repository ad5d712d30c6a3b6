import { expect, test } from 'vitest';
import { openSerial } from './serial.ts';

test('a port that is not there', async () => {
  expect(await openSerial({ path: '/dev/no-such-port', baudRate: 115_200 })).toMatchObject({
    ok: false,
    reason: 'port-missing',
  });
});

test('a file that is no serial port', async () => {
  expect(await openSerial({ path: '/dev/null', baudRate: 115_200 })).toMatchObject({
    ok: false,
    reason: 'port-failed',
  });
});
