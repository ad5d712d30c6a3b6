import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { terminals } from '../../../test/fixtures/terminals.ts';
import type { ByteLink } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { openFailure, openUsbPrinter } from './usb-printer.ts';

// A raw terminal is read and written like the file of a printer, and waits, fills up and goes as that does. What only usblp
// does is shown on the USB bench.

/** More than lies between both ends, so that the rest has to wait. */
const MUCH = 1024 * 1024;

async function open(path: string): Promise<ByteLink> {
  const opened = await openUsbPrinter(path);
  if (!opened.ok) throw new Error(`${opened.reason} ${opened.detail ?? ''}`);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

/** Resolves with what came as soon as it is so much. */
function heard(link: ByteLink, bytes: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = [];
    let left = bytes;
    const stop = link.onBytes((part) => {
      parts.push(part);
      left -= part.length;
      if (left > 0) return;
      stop();
      resolve(Buffer.concat(parts));
    });
  });
}

test('bytes go both ways as they are, whatever line speed somebody wants', async () => {
  const { near, far } = await terminals();
  const [printer, host] = [await open(far), await open(near)];
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const arrived = heard(printer, every.length);
  await host.setBaudRate(9_600);
  await host.write(every);
  expect(await arrived).toEqual(Buffer.from(every));
  const answered = heard(host, every.length);
  await printer.write(every);
  expect(await answered).toEqual(Buffer.from(every));
});

test('a large picture arrives whole and in order, between what others write', async () => {
  const { near, far } = await terminals();
  const [printer, host] = [await open(far), await open(near)];
  const picture = Uint8Array.from({ length: MUCH }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
  const arrived = heard(printer, MUCH + 2);
  await Promise.all([host.write(Uint8Array.of(1)), host.write(picture), host.write(Uint8Array.of(2))]);
  expect((await arrived).equals(Buffer.concat([Buffer.of(1), picture, Buffer.of(2)]))).toBe(true);
});

test('a printer that takes no bytes is heard all the same', async () => {
  const { near, far } = await terminals();
  const [printer, host] = [await open(far), await open(near)];
  // XOFF is what makes a terminal take none.
  spawnSync('stty', ['-F', near, 'ixon']);
  const stopped = heard(host, 1);
  await printer.write(Uint8Array.of(0x13, 0x1c));
  expect(await stopped).toEqual(Buffer.of(0x1c));
  const taken = heard(printer, 1);
  const written = host.write(Uint8Array.of(7));
  const status = heard(host, 1);
  await printer.write(Uint8Array.of(0x14));
  expect(await status).toEqual(Buffer.of(0x14));
  await printer.write(Uint8Array.of(0x11));
  await written;
  expect(await taken).toEqual(Buffer.of(7));
});

test('closing ends the write that waits', async () => {
  const { near } = await terminals();
  const host = await open(near);
  // Nobody reads the far end.
  const ended = expect(host.write(new Uint8Array(MUCH))).rejects.toThrow(LinkClosed);
  await host.close();
  await ended;
  await expect(host.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
  await host.close();
});

test('reads that find nothing are passed over', async () => {
  const { near, far } = await terminals();
  const [printer, host] = [await open(far), await open(near)];
  // From now on the terminal answers a read that has nothing as usblp answers one of an empty packet.
  spawnSync('stty', ['-F', near, 'min', '0']);
  for (const byte of [1, 2, 3]) {
    const arrived = heard(host, 1);
    await printer.write(Uint8Array.of(byte));
    expect(await arrived).toEqual(Buffer.of(byte));
  }
});

test('a printer that goes closes the link, be it idle, in the middle of a message or of a write', async () => {
  for (const state of ['idle', 'message', 'write'] as const) {
    const { pair, near, far } = await terminals();
    const host = await open(near);
    const closed = new Promise<void>((resolve) => host.onClose(resolve));
    const writing =
      state === 'write' ? expect(host.write(new Uint8Array(MUCH))).rejects.toThrow(LinkClosed) : undefined;
    if (state === 'message') await writeFile(far, Uint8Array.of(0xff));
    await pair.close();
    await closed;
    await writing;
    await expect(host.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
  }
});

test('what is no printer', async () => {
  expect(await openUsbPrinter('/dev/usb/no-such-printer')).toMatchObject({ ok: false, reason: 'port-missing' });
  expect(await openUsbPrinter('/dev')).toMatchObject({ ok: false, reason: 'port-failed' });
  expect(await openUsbPrinter('/dev/null')).toMatchObject({ ok: false, reason: 'port-failed' });
});

test.each([
  ['ENOENT', 'port-missing'],
  ['ENODEV', 'port-missing'],
  ['ENXIO', 'port-missing'],
  ['EIO', 'port-missing'],
  ['EBUSY', 'port-busy'],
  ['EACCES', 'port-denied'],
  ['EPERM', 'port-denied'],
  ['EISDIR', 'port-failed'],
  [undefined, 'port-failed'],
])('%s: %s', (code, reason) => expect(openFailure(code)).toBe(reason));

test('on other systems than Linux it says so', async () => {
  const system = vi.spyOn(process, 'platform', 'get').mockReturnValue('win32');
  onTestFinished(() => system.mockRestore());
  expect(await openUsbPrinter('/dev/usb/lp0')).toMatchObject({
    ok: false,
    reason: 'link-unfit',
    detail: expect.stringContaining('Linux'),
  });
});
