import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createHttpFetch } from './http-fetch.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/path`;
}

it('keeps its connection, and brings requests and answers over whole', async () => {
  const bodies: string[] = [];
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    void text(request).then((body) => {
      bodies.push(`${request.method} ${request.headers['content-length']} ${body}`);
      response.writeHead(201, { 'x-word': 'yes' }).end('答'.repeat(50_000));
    });
  });
  const fetch = createHttpFetch();
  for (const body of ['{"a":1}', Buffer.from('bytes')]) {
    const answer = await fetch(url, { method: 'POST', body });
    expect([answer.status, answer.ok, answer.headers.get('X-Word'), answer.headers.get('none')]).toEqual([
      201,
      true,
      'yes',
      null,
    ]);
    expect(await answer.text()).toBe('答'.repeat(50_000));
  }
  expect(bodies).toEqual(['POST 7 {"a":1}', 'POST 5 bytes']);
  expect(ports.size).toBe(1);
});

it('ends a request whose signal is given, before it goes and while it waits', async () => {
  let asked = 0;
  const heard = Promise.withResolvers<void>();
  const url = await serve(() => {
    asked += 1;
    heard.resolve();
  });
  const fetch = createHttpFetch();
  await expect(fetch(url, { signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
  expect(asked).toBe(0);
  const stop = new AbortController();
  const waiting = fetch(url, { signal: stop.signal });
  await heard.promise;
  stop.abort();
  await expect(waiting).rejects.toThrow();
});

it('says by the code of the system why there is no answer', async () => {
  const url = await serve((_request, response) => response.socket?.destroy());
  const fetch = createHttpFetch();
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'ECONNRESET' });
  server?.close();
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
