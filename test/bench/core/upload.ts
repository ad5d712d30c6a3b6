import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../src/contract/clock.ts';
import type { AnnouncedPage } from '../../../src/contract/platform-api.ts';
import { PLATFORM_QUICK_LIMIT_MS, PLATFORM_REQUEST_LIMIT_MS } from '../../../src/core/limits.ts';
import { createHttpFetch } from '../../../src/core/sync/http-fetch.ts';
import { createPlatformClient, type PlatformClient } from '../../../src/core/sync/platform-client.ts';
import { queuedId, queuedSubmission } from '../../fixtures/queued-cases.ts';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { startPlatform, startServer } from './children.ts';
import { CuttingProxy } from './cutting-proxy.ts';

const ROUNDS = 9;
const BYTES = 20_000_000;
const SPEED_TARGET = 0.9;
const RESUMED_TARGET = 0.55;
/** A cut line may still be held by the platform for a moment; so often is a kiosk told to come again. */
const MOST_TRIES = 50;

const plainProgram = join(import.meta.dirname, '../../fixtures/put-server-child.ts');

export const upload: Measure = {
  name: 'upload',
  explanation:
    "A page of 20 MB by the kiosk's tus client to the platform, until it is committed with its hash checked, against one plain " +
    'PUT of the same bytes to a server that writes and syncs a file; rate against rate, by turns, median of the ratios.',
  run: runUpload,
};

export const uploadResumed: Measure = {
  name: 'upload-resumed',
  explanation: 'Part of the bytes of such a page that goes again after its line was cut when half of them had passed.',
  run: runResumed,
};

async function runUpload({ folder, say }: BenchContext): Promise<Measured> {
  const platform = await startPlatform(join(folder, 'platform'));
  const plainFolder = join(folder, 'plain');
  await mkdir(plainFolder);
  const plain = await startServer(plainProgram, [plainFolder]);
  try {
    const client = clientOf(platform.url);
    // By what the tus client sends with: the web's fetch copies its body first, and would be the slower one.
    const put = createHttpFetch();
    const rounds: { readonly tusMs: number; readonly putMs: number }[] = [];
    // Round 0 compiles code and opens connections.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const { page, image } = await announce(client, round);
      const tusMs = await timeOf(async () => {
        const sent = await client.uploadPage({ page, image, begunAt: undefined, onBegun: () => undefined });
        if (sent.kind !== 'done') throw new Error(sent.reason);
      });
      const putMs = await timeOf(async () => {
        const { status } = await put(plain.url, { method: 'PUT', body: image });
        if (status !== 204) throw new Error(`status ${status}`);
      });
      if (round > 0) rounds.push({ tusMs, putMs });
    }
    const ms = (part: 'tusMs' | 'putMs') => median(rounds.map((round) => round[part])).toFixed(0);
    say(`medians: tus ${ms('tusMs')} ms, plain PUT ${ms('putMs')} ms`);
    const value = median(rounds.map(({ tusMs, putMs }) => putMs / tusMs));
    return { rows: [{ name: 'upload', value, target: SPEED_TARGET, atLeast: true }], raw: rounds };
  } finally {
    await plain.stop();
    await platform.stop();
  }
}

async function runResumed({ folder, say }: BenchContext): Promise<Measured> {
  const platform = await startPlatform(join(folder, 'platform'));
  const proxy = await CuttingProxy.open(new URL(platform.url));
  try {
    const again: number[] = [];
    const direct = clientOf(platform.url);
    for (let round = 0; round < ROUNDS; round += 1) {
      const { page, image } = await announce(direct, round);
      again.push((await sendAndCut(proxy, page, image)) / BYTES);
    }
    say(`parts sent again: ${again.map((part) => part.toFixed(3)).join(', ')}`);
    return { rows: [{ name: 'upload-resumed', value: Math.max(...again), target: RESUMED_TARGET }], raw: again };
  } finally {
    await proxy.close();
    await platform.stop();
  }
}

/** Bytes that went after the cut, requests and all. */
async function sendAndCut(proxy: CuttingProxy, page: AnnouncedPage, image: Buffer): Promise<number> {
  const client = clientOf(proxy.url);
  let begunAt: string | undefined;
  const onBegun = (url: string) => {
    begunAt = url;
  };
  proxy.cutAfter(BYTES / 2);
  const cut = await client.uploadPage({ page, image, begunAt, onBegun });
  if (cut.kind !== 'retry') throw new Error(`an upload that was cut ended with ${cut.kind}`);
  const before = proxy.passed;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const sent = await client.uploadPage({ page, image, begunAt, onBegun });
    if (sent.kind === 'done') return proxy.passed - before;
    if (sent.kind !== 'retry') throw new Error(sent.reason);
  }
  throw new Error('the upload was never taken');
}

function clientOf(url: string): PlatformClient {
  const limitsMs = { write: PLATFORM_REQUEST_LIMIT_MS, ask: PLATFORM_QUICK_LIMIT_MS };
  return createPlatformClient({ url, fetch: createHttpFetch(), clock: systemClock, limitsMs });
}

/** A page that no other has the bytes of, and its case at the platform. */
async function announce(
  client: PlatformClient,
  serial: number,
): Promise<{ page: AnnouncedPage; image: Buffer<ArrayBuffer> }> {
  const image = randomBytes(BYTES);
  const page = {
    id: queuedId(serial, 1),
    caseId: queuedId(serial),
    material: 'M',
    sha256: createHash('sha256').update(image).digest('hex'),
  };
  const materials = [{ id: page.material, name: '材料', pages: [{ id: page.id, sha256: page.sha256 }] }];
  const taken = await client.submitCase(page.caseId, { ...queuedSubmission({ serial }), materials });
  if (taken.kind !== 'done') throw new Error(taken.reason);
  return { page, image };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
