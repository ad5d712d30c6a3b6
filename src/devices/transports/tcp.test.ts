import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ByteLink } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { openTcp } from './tcp.ts';

/** A printer's port on loopback, and a link to it. */
async function connected(): Promise<{ link: ByteLink; printer: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const accepted = once(server, 'connection');
  const opened = await openTcp({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  if (!opened.ok) throw new Error(opened.reason);
  const [printer] = (await accepted) as [Socket];
  onTestFinished(async () => {
    printer.destroy();
    await opened.value.close();
  });
  return { link: opened.value, printer };
}

test('bytes go both ways as they are', async () => {
  const { link, printer } = await connected();
  const arrived = once(printer, 'data');
  await link.write(Uint8Array.of(0x10, 0x04, 0x01));
  expect((await arrived)[0]).toEqual(Buffer.of(0x10, 0x04, 0x01));
  const answered = new Promise((resolve) => link.onBytes(resolve));
  printer.write(Uint8Array.of(0x12));
  expect(await answered).toEqual(Buffer.of(0x12));
});

test('a printer that hangs up closes the link, and no write gets through it', async () => {
  const { link, printer } = await connected();
  const closed = new Promise<void>((resolve) => link.onClose(resolve));
  printer.resetAndDestroy();
  await closed;
  await expect(link.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
});

test('whoever listens after the end is told as well', async () => {
  const { link } = await connected();
  await link.close();
  await new Promise<void>((resolve) => link.onClose(resolve));
});

test('closing ends a write that waits for a printer with full buffers', async () => {
  const { link, printer } = await connected();
  printer.pause();
  const waiting = expect(link.write(new Uint8Array(64 * 1_024 * 1_024))).rejects.toThrow(LinkClosed);
  await link.close();
  await waiting;
});

test('nobody there', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await openTcp({ host: '127.0.0.1', port })).toMatchObject({ ok: false, reason: 'port-missing' });
});

test('a name that nobody has', async () => {
  expect(await openTcp({ host: 'no-such-printer.invalid', port: 9_100 })).toMatchObject({
    ok: false,
    reason: 'port-missing',
  });
});
