import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FaultyProxy } from './faulty-proxy.ts';

const ANSWER = 'x'.repeat(2_000);

let server: Server;
let proxy: FaultyProxy;
/** Bodies that reached the platform whole. */
let taken: string[];
beforeEach(async () => {
  taken = [];
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      taken.push(body);
      response.end(ANSWER);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultyProxy.open((server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

async function ask(body = 'hello', signal?: AbortSignal): Promise<string> {
  const response = await fetch(proxy.url, { method: 'POST', body, ...(signal && { signal }) });
  return `${response.status} ${await response.text()}`;
}
const fine = `200 ${ANSWER}`;

it('is a plain line without faults', async () => {
  expect([await ask('one'), await ask('two')]).toEqual([fine, fine]);
  expect(taken).toEqual(['one', 'two']);
  expect(proxy.faults).toBe(0);
});

it('drops, and cuts requests: the platform does not have them', async () => {
  for (const fault of [{ kind: 'drop' }, { kind: 'cut-request', bytes: 60 }] as const) {
    proxy.expect(fault);
    await expect(ask()).rejects.toThrow('fetch failed');
  }
  expect(taken).toEqual([]);
  expect(await ask()).toBe(fine);
});

it('loses and cuts answers: the platform has the request', async () => {
  proxy.expect({ kind: 'lose-answer' });
  await expect(ask('lost')).rejects.toThrow();
  proxy.expect({ kind: 'cut-answer', bytes: 500 });
  await expect(ask('cut')).rejects.toThrow();
  expect(taken).toEqual(['lost', 'cut']);
  expect(proxy.faults).toBe(2);
});

it('delays and drips, and the whole answer comes', async () => {
  proxy.expect({ kind: 'delay', milliseconds: 20 }, { kind: 'drip', milliseconds: 1 });
  expect([await ask(), await ask()]).toEqual([fine, fine]);
});

it('is half open: everything is taken and nothing comes back', async () => {
  proxy.expect({ kind: 'half-open' });
  await expect(ask('into the void', AbortSignal.timeout(100))).rejects.toThrow('timeout');
  expect(taken).toEqual([]);
});

it('brings a request twice', async () => {
  proxy.expect({ kind: 'duplicate' });
  expect(await ask('twice')).toBe(fine);
  await expect.poll(() => taken).toEqual(['twice', 'twice']);
});

it('answers instead of the platform, before or after it did its work', async () => {
  const bytes = Buffer.from('HTTP/1.1 502 Bad\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno');
  proxy.expect({ kind: 'answer', bytes, when: 'before' });
  expect(await ask('before')).toBe('502 no');
  proxy.expect({ kind: 'answer', bytes, when: 'after' });
  expect(await ask('after')).toBe('502 no');
  expect(taken).toEqual(['after']);
});

it('is offline and online, and heals', async () => {
  proxy.online = false;
  await expect(ask()).rejects.toThrow('fetch failed');
  proxy.online = true;
  expect(await ask()).toBe(fine);
  proxy.expect({ kind: 'drop' });
  proxy.heal();
  expect(await ask()).toBe(fine);
});
