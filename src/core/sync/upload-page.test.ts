import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../contract/clock.ts';
import { pageExample } from '../../contract/platform-examples.ts';
import { createHttpFetch } from './http-fetch.ts';
import { outcome } from './outcome.ts';
import { uploadPage } from './upload-page.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** Uploads a page of ten bytes, of which an upload was begun at `/uploads/known`. */
async function uploadTo(listener: RequestListener) {
  const methods: string[] = [];
  server = createServer((request, response) => {
    methods.push(request.method ?? '');
    request.resume();
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const begun: string[] = [];
  const upload = {
    page: pageExample,
    image: Buffer.alloc(10),
    begunAt: `${url}/uploads/known`,
    onBegun: (at: string) => void begun.push(at.replace(url, '')),
  };
  const call = uploadPage({ url, fetch: createHttpFetch(), clock: systemClock, limitMs: 60_000 }, upload, undefined);
  return { ended: await outcome(call, undefined), methods, begun };
}

it.each([500, 502, 503, 408, 425, 429])('a server that answers %d has not lost the upload', async (status) => {
  const { ended, methods } = await uploadTo((_request, response) => response.writeHead(status).end());
  expect(ended).toMatchObject({ kind: 'retry' });
  expect(methods).toEqual(['HEAD']);
});

it('begins anew, and says where, when the upload is gone', async () => {
  const { ended, methods, begun } = await uploadTo((request, response) => {
    if (request.method === 'HEAD') response.writeHead(404).end();
    else if (request.method === 'POST') response.writeHead(201, { location: '/uploads/other' }).end();
    else response.writeHead(204, { 'upload-offset': '10' }).end();
  });
  expect(ended).toEqual({ kind: 'done', value: null });
  expect(methods).toEqual(['HEAD', 'POST', 'PATCH']);
  expect(begun).toEqual(['/uploads/other']);
});

it('goes on from where the server has come to, and is done when that is the end', async () => {
  const at = (offset: string) => ({ 'upload-offset': offset, 'upload-length': '10' });
  const rest = await uploadTo((request, response) =>
    response.writeHead(204, at(request.method === 'HEAD' ? '4' : '10')).end(),
  );
  expect(rest).toEqual({ ended: { kind: 'done', value: null }, methods: ['HEAD', 'PATCH'], begun: [] });
  const all = await uploadTo((_request, response) => response.writeHead(200, at('10')).end());
  expect(all).toEqual({ ended: { kind: 'done', value: null }, methods: ['HEAD'], begun: [] });
});

it.each([
  ['that does not move', '4'],
  ['behind the end', '11'],
  ['that is none', 'ten'],
])('an offset %s ends the try', async (_which, offset) => {
  const { ended, methods } = await uploadTo((request, response) => {
    const headers = { 'upload-offset': request.method === 'HEAD' ? '4' : offset, 'upload-length': '10' };
    response.writeHead(204, headers).end();
  });
  expect(ended).toMatchObject({ kind: 'retry', reason: 'not-understood' });
  expect(methods).toEqual(['HEAD', 'PATCH']);
});

it.each([
  ['a page of a portal', 200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>', 'retry', 'not-understood'],
  ['a redirect', 302, { location: '/elsewhere' }, '', 'retry', 'not-understood'],
  ['a lock that another line holds', 423, {}, 'locked', 'retry', 'busy'],
  ['an offset that another line moved', 409, {}, 'conflict', 'retry', 'busy'],
  ['too large, by any server', 413, {}, '<h1>413</h1>', 'needs-staff', 'too-large'],
  [
    'bytes that changed on the line',
    400,
    { 'content-type': 'application/json' },
    '{"defined":true,"code":"REFUSED","status":400,"message":"","data":{"reason":"hash-mismatch"}}',
    'retry',
    'hash-mismatch',
  ],
])('%s', async (_what, status, headers, body, kind, reason) => {
  const { ended } = await uploadTo((request, response) => {
    if (request.method === 'HEAD') response.writeHead(204, { 'upload-offset': '4', 'upload-length': '10' }).end();
    else response.writeHead(status, headers).end(body);
  });
  expect(ended).toMatchObject({ kind, reason });
});
