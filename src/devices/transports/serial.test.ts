import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { terminals } from '../../../test/fixtures/terminals.ts';
import type { ByteLink } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import type { SerialSettings } from './serial.ts';
import { openSerial } from './serial.ts';

async function open(settings: SerialSettings): Promise<ByteLink> {
  const opened = await openSerial(settings);
  if (!opened.ok) throw new Error(`${opened.reason} ${opened.detail ?? ''}`);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** What the operating system says of a terminal. */
function settingsOf(path: string): string[] {
  return spawnSync('stty', ['-a', '-F', path], { encoding: 'utf8' }).stdout.split(/[\s;]+/);
}

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

test('a port that somebody else has open', async () => {
  const { near } = await terminals();
  await open({ path: near, baudRate: 9_600 });
  expect(await openSerial({ path: near, baudRate: 9_600 })).toMatchObject({ ok: false, reason: 'port-busy' });
});

test('8 data bits, no parity, 1 stop bit, no flow control unless said', async () => {
  const { near } = await terminals();
  await open({ path: near, baudRate: 19_200 });
  expect(settingsOf(near)).toEqual(
    expect.arrayContaining(['19200', 'cs8', '-parenb', '-cstopb', '-crtscts', '-ixon', '-ixoff']),
  );
});

test('the speed can be changed while it is open, and not afterwards', async () => {
  const { near } = await terminals();
  const link = await open({ path: near, baudRate: 19_200 });
  await link.setBaudRate(57_600);
  expect(settingsOf(near)).toContain('57600');
  await link.close();
  await expect(link.setBaudRate(9_600)).rejects.toThrow(LinkClosed);
});

test('flow control by signals or by characters, as the settings say', async () => {
  const { near, far } = await terminals();
  await open({ path: near, baudRate: 19_200, flow: 'rts-cts' });
  expect(settingsOf(near)).toContain('crtscts');
  await open({ path: far, baudRate: 19_200, flow: 'xon-xoff' });
  expect(settingsOf(far)).toEqual(expect.arrayContaining(['ixon', 'ixoff', '-crtscts']));
});

test('a device that takes no bytes is heard all the same', async () => {
  const { near, far } = await terminals();
  const link = await open({ path: near, baudRate: 115_200, flow: 'xon-xoff' });
  const device = await open({ path: far, baudRate: 115_200 });
  const next = (): Promise<unknown> =>
    new Promise((resolve) => {
      const stop = link.onBytes((bytes) => {
        stop();
        resolve(bytes);
      });
    });
  const stopped = next();
  await device.write(Uint8Array.of(0x13, 1));
  expect(await stopped).toEqual(Buffer.of(1));
  const written = link.write(Uint8Array.of(7));
  const heard = next();
  await device.write(Uint8Array.of(2));
  expect(await heard).toEqual(Buffer.of(2));
  await device.write(Uint8Array.of(0x11));
  await written;
});

test('a port that goes closes the link and the write that waits', async () => {
  const { pair, near } = await terminals();
  const link = await open({ path: near, baudRate: 9_600 });
  const closed = new Promise<void>((resolve) => link.onClose(resolve));
  await pair.close();
  await closed;
  await expect(link.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
});

test('a port that goes in the middle of a message closes the link, whenever that is', async () => {
  for (let round = 0; round < 12; round += 1) {
    const { pair, near, far } = await terminals();
    const link = await open({ path: near, baudRate: 115_200 });
    const device = await open({ path: far, baudRate: 115_200 });
    const closed = new Promise<void>((resolve) => link.onClose(resolve));
    const heard = new Promise<void>((resolve) => link.onBytes(() => resolve()));
    await device.write(Uint8Array.of(0xff));
    // Half of them while the byte is on its way, half while it is being read.
    if (round % 2 === 0) await heard;
    await pair.close();
    await closed;
  }
});
