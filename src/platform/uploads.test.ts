import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DetailedError, Upload } from 'tus-js-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UPLOAD_PATH } from '../contract/platform-api.ts';
import { caseExample } from '../contract/platform-examples.ts';
import { noPostgres, startPostgres, type TestPostgres } from '../../test/fixtures/postgres.ts';
import { MAX_UPLOAD_BYTES, UPLOAD_EXPIRES_MS } from './limits.ts';
import { createPlatform, type Platform } from './server.ts';

const clock = { now: () => new Date() };
const log = (): void => undefined;
const key = '"019ab4c0-5a00-7000-8000-0000000000a1"';
const CHUNK = 256 * 1024;

/** What the upload of one page came to. */
type Outcome = { readonly url: string } | { readonly status: number; readonly body: string };

let dataDir: string;
let platform: Platform;
let image: Buffer;
let page: { id: string; caseId: string; material: string; sha256: string };
let folder: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
  folder = join(dataDir, 'uploads');
  platform = await createPlatform({ clock, log, dataDir });
  image = randomBytes(8 * CHUNK);
  const sha256 = createHash('sha256').update(image).digest('hex');
  const id = '019ab4c0-5a00-7000-8000-000000000002';
  page = { id, caseId: caseExample.id, material: 'PHOTO-01', sha256 };
});
afterEach(async () => {
  await platform.close();
  await rm(dataDir, { recursive: true });
});

async function handInCase(to = platform): Promise<void> {
  const materials = [{ id: page.material, name: '照片', pages: [{ id: page.id, sha256: page.sha256 }] }];
  const response = await fetch(`${to.url}/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ ...caseExample, materials }),
  });
  expect(response.status).toBe(200);
}

interface How {
  readonly bytes?: Buffer;
  readonly metadata?: Record<string, string>;
  /** An upload to go on with. */
  readonly url?: string;
  /** Ends the upload after that share of the bytes, as a cut line does. */
  readonly cutAt?: number;
  readonly retryDelays?: number[];
}

/** Uploads by the standard client. */
function upload({ bytes = image, metadata = page, url, cutAt = 2, retryDelays = [] }: How = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const client = new Upload(bytes, {
      endpoint: `${platform.url}${UPLOAD_PATH}`,
      uploadUrl: url ?? null,
      metadata,
      chunkSize: CHUNK,
      retryDelays,
      storeFingerprintForResuming: false,
      onSuccess: () => resolve({ url: client.url ?? '' }),
      onError: (error) => {
        const response = (error as DetailedError).originalResponse;
        resolve({ status: response?.getStatus() ?? 0, body: response?.getBody() ?? error.message });
      },
      onChunkComplete: (_size, accepted, total) => {
        if (accepted / (total ?? 1) >= cutAt) void client.abort().then(() => resolve({ url: client.url ?? '' }));
      },
    });
    client.start();
  });
}

async function offsetOf(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  return response.ok ? Number(response.headers.get('upload-offset')) : -response.status;
}
const urlOf = (outcome: Outcome): string => ('url' in outcome ? outcome.url : '');
const scans = async () => (await platform.received()).scans;

describe('an uploaded page', () => {
  it('belongs to its case when its last byte is acknowledged', async () => {
    await handInCase();
    const done = await upload();
    expect(await scans()).toMatchObject([{ ...page, bytes: image.length }]);
    const name = urlOf(done).slice(urlOf(done).lastIndexOf('/') + 1);
    expect(await readFile(join(folder, name))).toEqual(image);
  });

  it('goes on after a cut at half, also when the platform was started anew meanwhile', async () => {
    await handInCase();
    const url = urlOf(await upload({ cutAt: 0.5 }));
    expect(await offsetOf(url)).toBe(image.length / 2);
    expect(await scans()).toEqual([]);

    const { port } = new URL(platform.url);
    await platform.close();
    platform = await createPlatform({ clock, log, dataDir, port: Number(port) });
    expect(await offsetOf(url)).toBe(image.length / 2);
    expect(await upload({ url })).toEqual({ url });
    expect(await scans()).toMatchObject([{ bytes: image.length }]);
  });

  it('is taken in when asked for, if the platform ended between its last byte and the commit', async () => {
    await handInCase();
    const url = urlOf(await upload({ cutAt: 0.5 }));
    const name = url.slice(url.lastIndexOf('/') + 1);
    await appendFile(join(folder, name), image.subarray(image.length / 2));
    expect(await scans()).toEqual([]);
    expect(await offsetOf(url)).toBe(image.length);
    expect(await scans()).toMatchObject([{ bytes: image.length }]);
  });

  it('is acknowledged to a kiosk that lost the answer to its last byte', async () => {
    await handInCase();
    const url = urlOf(await upload({ cutAt: 0.5 }));
    await platform.setFault({ kind: 'lose-answers', share: 1 });
    expect(await upload({ url, retryDelays: [0] })).toEqual({ url });
    expect(await scans()).toHaveLength(1);
  });

  it('that comes twice is kept once', async () => {
    await handInCase();
    await upload();
    await upload();
    expect(await scans()).toHaveLength(1);
  });

  it('is refused and removed when its bytes do not have the announced hash', async () => {
    await handInCase();
    const outcome = await upload({ bytes: randomBytes(image.length) });
    expect(outcome).toMatchObject({ status: 400 });
    expect('body' in outcome && JSON.parse(outcome.body)).toMatchObject({
      code: 'REFUSED',
      data: { reason: 'hash-mismatch' },
    });
    expect(await readdir(folder)).toEqual([]);
    expect(await scans()).toEqual([]);
    expect(await upload()).toHaveProperty('url');
  });

  it.each([
    ['of an unknown case', {}, 404, 'UNKNOWN_CASE', false],
    ['of another material than announced', { material: 'OTHER' }, 400, 'REFUSED', true],
    ['with another hash than announced', { sha256: '0'.repeat(64) }, 400, 'REFUSED', true],
    ['that was not announced', { id: '019ab4c0-5a00-7000-8000-0000000000a3' }, 400, 'REFUSED', true],
    ['without its hash', { sha256: '' }, 400, 'BAD_REQUEST', true],
  ])('%s is refused before a byte is sent', async (_which, change, status, code, caseIsThere) => {
    if (caseIsThere) await handInCase();
    const outcome = await upload({ metadata: { ...page, ...change } });
    expect(outcome).toMatchObject({ status });
    expect('body' in outcome && JSON.parse(outcome.body)).toMatchObject({ code });
    expect(await readdir(folder)).toEqual([]);
    // Its case may come later.
    if (!caseIsThere) await handInCase();
    expect(await upload()).toHaveProperty('url');
  });

  it('over the limit is refused, and so is one that does not say how long it is', async () => {
    await handInCase();
    const create = (headers: Record<string, string>) => {
      const metadata = Object.entries(page).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
      return fetch(`${platform.url}${UPLOAD_PATH}`, {
        method: 'POST',
        headers: { 'tus-resumable': '1.0.0', 'upload-metadata': metadata.join(','), ...headers },
      });
    };
    expect((await create({ 'upload-length': String(MAX_UPLOAD_BYTES + 1) })).status).toBe(413);
    expect((await create({ 'upload-defer-length': '1' })).status).toBe(400);
    expect((await create({ 'upload-length': '1' })).status).toBe(201);
  });

  it('is not given out', async () => {
    await handInCase();
    const url = urlOf(await upload());
    for (const method of ['GET', 'DELETE']) expect((await fetch(url, { method })).status).toBe(404);
  });

  it('that was never completed is removed in time, one that was is kept', async () => {
    await handInCase();
    const unfinished = urlOf(await upload({ cutAt: 0.5 }));
    const finished = urlOf(await upload());
    const long = new Date(Date.now() - UPLOAD_EXPIRES_MS - 1_000);
    for (const name of await readdir(folder)) await utimes(join(folder, name), long, long);
    const { port } = new URL(platform.url);
    await platform.close();
    platform = await createPlatform({ clock, log, dataDir, port: Number(port) });
    expect(await offsetOf(unfinished)).toBe(-404);
    expect(await offsetOf(finished)).toBe(image.length);
  });
});

describe.skipIf(noPostgres !== undefined)('an upload to two processes of one store', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  it('moves to the other process while the first still waits for bytes of a dead line', async () => {
    const databaseUrl = await postgres.createDatabase();
    const first = await createPlatform({ clock, log, dataDir, databaseUrl });
    const second = await createPlatform({ clock, log, dataDir, databaseUrl });
    try {
      await handInCase(first);
      await platform.close();
      platform = first;
      const url = urlOf(await upload({ cutAt: 0.25 }));
      const sent = image.length / 4;
      // A line that says how much will come, brings some, and then nothing, not even its end.
      const dead = request(url, {
        method: 'PATCH',
        headers: {
          'tus-resumable': '1.0.0',
          'upload-offset': sent,
          'content-type': 'application/offset+octet-stream',
          'content-length': image.length - sent,
        },
      });
      const ended = once(dead, 'close');
      dead.on('error', () => undefined);
      dead.write(image.subarray(sent, sent + CHUNK));
      const path = join(folder, url.slice(url.lastIndexOf('/') + 1));
      await expect.poll(async () => (await readFile(path)).length).toBe(sent + CHUNK);

      platform = second;
      const moved = `${second.url}${new URL(url).pathname}`;
      expect(await offsetOf(moved)).toBe(sent + CHUNK);
      expect(await upload({ url: moved })).toEqual({ url: moved });
      expect(await scans()).toMatchObject([{ bytes: image.length }]);
      dead.destroy();
      await ended;
    } finally {
      await first.close();
      platform = second;
    }
  });
});
