import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../contract/clock.ts';
import { createHttpFetch } from './http-fetch.ts';
import { createPlatformClient } from './platform-client.ts';
import { parseRetryAfter } from './transport.ts';

const now = new Date('2026-11-22T01:00:00Z');
const endlessClock: Clock = {
  now: () => now,
  delay: (_milliseconds, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('given up')))),
};

describe('Retry-After', () => {
  it.each([
    [null, undefined],
    ['0', 0],
    ['120', 120_000],
    ['Sun, 22 Nov 2026 01:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});

describe('an answer that is not the platform’s own word', () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.close();
    server?.closeAllConnections();
  });

  async function answeredBy(listener: RequestListener) {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const client = createPlatformClient({
      url: `http://127.0.0.1:${address.port}`,
      fetch: createHttpFetch(),
      clock: endlessClock,
      limitsMs: { write: 1_000, ask: 1_000 },
    });
    return client.health();
  }
  const json = { 'content-type': 'application/json' };

  it.each([
    ['JSON of another shape', 200, json, '{"hello":1}'],
    ['JSON that is cut off', 200, json, '{"time":"2026-'],
    ['nothing', 204, {}, ''],
    ['a redirect', 302, { location: 'http://127.0.0.1:9/' }, ''],
    ['a page that says 404', 404, { 'content-type': 'text/html' }, '<h1>404</h1>'],
    ['the JSON of another service', 403, json, '{"error":"forbidden"}'],
  ])('is tried again: %s', async (_name, status, headers, body) => {
    const outcome = await answeredBy((_request, response) => response.writeHead(status, headers).end(body));
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'not-understood' });
  });

  it('is tried again: a connection that ends in the middle', async () => {
    const outcome = await answeredBy((_request, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' });
      response.write('{"time":', () => response.destroy());
    });
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'no-answer' });
  });

  it('asks for staff when it can never succeed: too large, by any server', async () => {
    const outcome = await answeredBy((_request, response) => response.writeHead(413).end('<h1>413</h1>'));
    expect(outcome).toMatchObject({ kind: 'needs-staff', reason: 'too-large' });
  });

  it('is a refusal when the platform refuses without a reason known here', async () => {
    const outcome = await answeredBy((_request, response) =>
      response
        .writeHead(403, json)
        .end(JSON.stringify({ defined: false, code: 'KIOSK_BLOCKED', status: 403, message: 'no' })),
    );
    expect(outcome).toEqual({ kind: 'refused', reason: 'rejected', detail: '403 KIOSK_BLOCKED' });
  });
});
