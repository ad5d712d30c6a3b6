import { expect, test } from 'vitest';
import { containLink } from './contained-link.ts';
import type { ByteLink, HttpLink } from './driver.ts';

const mistake = new Error('a mistake in the driver');
const broken = (): never => {
  throw mistake;
};

test('what listeners on a line of bytes throw goes no further; everything else is handed on', async () => {
  const calls: string[] = [];
  const listeners: { bytes?: (bytes: Uint8Array) => void; close?: () => void } = {};
  const line: ByteLink = {
    write: async (bytes) => void calls.push(`write ${bytes.length}`),
    onBytes(listener) {
      listeners.bytes = listener;
      return () => void calls.push('no more bytes');
    },
    onClose(listener) {
      listeners.close = listener;
      return () => void calls.push('no more close');
    },
    setBaudRate: async (baudRate) => void calls.push(`speed ${baudRate}`),
    close: async () => void calls.push('close'),
  };
  const bugs: unknown[] = [];
  const link = containLink(line, (error) => bugs.push(error));
  if ('request' in link) throw new Error('the line became a service');
  const [noBytes, noClose] = [link.onBytes(broken), link.onClose(broken)];
  listeners.bytes?.(Uint8Array.of(1));
  listeners.close?.();
  expect(bugs).toEqual([mistake, mistake]);
  noBytes();
  noClose();
  await link.write(Uint8Array.of(1, 2));
  await link.setBaudRate(9_600);
  await link.close();
  expect(calls).toEqual(['no more bytes', 'no more close', 'write 2', 'speed 9600', 'close']);
});

test('a service is asked as it is', async () => {
  const asked: unknown[] = [];
  const service: HttpLink = {
    authority: '127.0.0.1:80',
    async request(request, signal) {
      asked.push(request, signal);
      return { status: 200, headers: {}, body: (async function* () {})() };
    },
    onClose: () => () => undefined,
    close: async () => void asked.push('close'),
  };
  const link = containLink(service, broken);
  if (!('request' in link)) throw new Error('the service became a line');
  const { signal } = new AbortController();
  const request = { method: 'GET', path: '/' } as const;
  expect(await link.request(request, signal)).toMatchObject({ status: 200 });
  link.onClose(() => undefined)();
  await link.close();
  expect([link.authority, ...asked]).toEqual(['127.0.0.1:80', request, signal, 'close']);
});
