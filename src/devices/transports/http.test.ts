import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpLink, HttpResponse } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { openHttp } from './http.ts';

const always = new AbortController().signal;

/** A service on loopback and a link to it. */
async function serve(onRequest: RequestListener): Promise<HttpLink> {
  const server = createServer(onRequest).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = await openHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    await link.close();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return link;
}

async function whole({ body }: HttpResponse): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('a request with a body, and its answer', async () => {
  const link = await serve((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.writeHead(201, { location: '/eSCL/ScanJobs/1', 'X-Seen': `${request.method} ${request.url}` });
      response.end(`${request.headers['content-type']} ${Buffer.concat(parts).toString()}`);
    })();
  });
  const answer = await link.request(
    { method: 'POST', path: '/eSCL/ScanJobs?a=1', headers: { 'content-type': 'text/xml' }, body: Buffer.from('<页/>') },
    always,
  );
  expect(answer.status).toBe(201);
  expect(answer.headers).toMatchObject({ location: '/eSCL/ScanJobs/1', 'x-seen': 'POST /eSCL/ScanJobs?a=1' });
  expect(await whole(answer)).toBe('text/xml <页/>');
});

test.each([
  ['http://192.0.2.7', '192.0.2.7:80'],
  ['http://127.0.0.1:38088/', '127.0.0.1:38088'],
  ['http://[::1]:8080', '[::1]:8080'],
])('the authority of %s is %s', async (url, authority) => {
  expect((await openHttp(url)).authority).toBe(authority);
});

test('an error status is an answer, and a redirect is not followed', async () => {
  const link = await serve((request, response) =>
    request.url === '/busy' ? response.writeHead(503).end() : response.writeHead(302, { location: '/busy' }).end(),
  );
  expect(await link.request({ method: 'GET', path: '/busy' }, always)).toMatchObject({ status: 503 });
  expect(await link.request({ method: 'GET', path: '/' }, always)).toMatchObject({ status: 302 });
});

test('an address that is no path is refused before anything is sent', async () => {
  let asked = false;
  const link = await serve((_, response) => {
    asked = true;
    response.end();
  });
  await expect(link.request({ method: 'GET', path: 'http://example.org/' }, always)).rejects.toThrow('not a path');
  expect(asked).toBe(false);
});

test('a live picture is taken part by part, and leaving it ends the connection', async () => {
  const sent = { bytes: 0 };
  const hungUp = Promise.withResolvers<void>();
  const link = await serve((_, response) => {
    response.on('close', hungUp.resolve);
    const part = Buffer.alloc(64 * 1_024);
    const more = (): void => {
      do sent.bytes += part.length;
      while (response.write(part));
    };
    response.on('drain', more);
    more();
  });
  const live = await link.request({ method: 'GET', path: '/video=stream&camidx=0' }, always);
  let taken = 0;
  for await (const part of live.body) {
    taken += part.length;
    if (taken > 1_000_000) break;
  }
  await hungUp.promise;
  // What was sent beyond what was taken fits the sockets' own buffers.
  expect(sent.bytes - taken).toBeLessThan(16 * 1_024 * 1_024);
});

test('the deadline of the caller ends waiting for an answer, and waiting for the rest of one', async () => {
  const begun = Promise.withResolvers<ServerResponse>();
  const link = await serve((request, response) => {
    if (request.url !== '/rest') return;
    response.write('first');
    begun.resolve(response);
  });
  const silent = new AbortController();
  const asked = link.request({ method: 'GET', path: '/silent' }, silent.signal);
  silent.abort(new Error('too late'));
  await expect(asked).rejects.toThrow('too late');

  const halfway = new AbortController();
  const answer = await link.request({ method: 'GET', path: '/rest' }, halfway.signal);
  const reading = whole(answer);
  await begun.promise;
  halfway.abort(new Error('too late'));
  await expect(reading).rejects.toThrow('too late');
});

test('nobody there, a connection that breaks, and a link that was closed', async () => {
  const nobody = await openHttp('http://127.0.0.1:1');
  await expect(nobody.request({ method: 'GET', path: '/' }, always)).rejects.toThrow(LinkClosed);

  const link = await serve((request, response) => {
    if (request.url === '/broken') request.socket.destroy();
    else response.writeHead(200, { 'content-length': 10 }).write('half', () => request.socket.destroy());
  });
  await expect(link.request({ method: 'GET', path: '/broken' }, always)).rejects.toThrow(LinkClosed);
  const half = await link.request({ method: 'GET', path: '/half' }, always);
  await expect(whole(half)).rejects.toThrow(LinkClosed);

  const told = new Promise<void>((resolve) => link.onClose(resolve));
  await link.close();
  await told;
  await expect(link.request({ method: 'GET', path: '/' }, always)).rejects.toThrow(LinkClosed);
});

test('closing ends requests under way, with an answer or without', async () => {
  const link = await serve((request, response) => {
    if (request.url === '/begun') response.write('first');
  });
  const begun = await link.request({ method: 'GET', path: '/begun' }, always);
  const reading = expect(whole(begun)).rejects.toThrow(LinkClosed);
  const waiting = expect(link.request({ method: 'GET', path: '/waiting' }, always)).rejects.toThrow(LinkClosed);
  await link.close();
  await Promise.all([reading, waiting]);
});
