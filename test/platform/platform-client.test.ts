import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/contract/clock.ts';
import { caseExample, pageExample, ratingExample } from '../../src/contract/platform-examples.ts';
import { createPlatformClient, type PlatformClient } from '../../src/core/sync/platform-client.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { exampleImage } from '../fixtures/upload-scan.ts';

/** The client's limit is over when the test says so; nothing here waits for real time. */
class HandClock implements Clock {
  #waits: { over: () => void }[] = [];
  now(): Date {
    return new Date('2026-11-22T01:00:00Z');
  }
  async delay(_milliseconds: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entry = { over: resolve };
    this.#waits.push(entry);
    signal?.addEventListener('abort', () => {
      this.#waits = this.#waits.filter((each) => each !== entry);
      reject(signal.reason);
    });
    await promise;
  }
  limitOver(): void {
    for (const { over } of this.#waits) over();
  }
}

const keys = {
  case: '019ab4c0-5a00-7000-8000-0000000000a1',
  rating: '019ab4c0-5a00-7000-8000-0000000000a3',
  other: '019ab4c0-5a00-7000-8000-0000000000a4',
};

const scan = { page: pageExample, image: exampleImage, begunAt: undefined, onBegun: () => undefined };

let clock: HandClock;
let platform: Platform;
let client: PlatformClient;
/** How many requests left, and the moment of the first. */
let requests: number;
let sent: PromiseWithResolvers<void>;
beforeEach(async () => {
  clock = new HandClock();
  requests = 0;
  sent = Promise.withResolvers();
  platform = await createPlatform({ clock, log: () => undefined });
  client = createPlatformClient({
    url: platform.url,
    clock,
    limitsMs: { write: 60_000, ask: 5_000 },
    fetch: (...request) => {
      requests += 1;
      sent.resolve();
      return globalThis.fetch(...request);
    },
  });
});
afterEach(() => platform.close());

describe('the platform client and the platform', () => {
  it('hand in case, scan and rating, and find them', async () => {
    expect(await client.health()).toEqual({ kind: 'done', value: { time: clock.now().toISOString() } });
    const handedIn = await client.submitCase(keys.case, caseExample);
    expect(handedIn).toEqual({
      kind: 'done',
      value: { officialNumber: '9901012026112200001', receivedAt: clock.now().toISOString(), partNumbers: [] },
    });
    const receipt = { kind: 'done', value: { receivedAt: clock.now().toISOString() } };
    expect(await client.uploadPage(scan)).toEqual({ kind: 'done', value: null });
    expect(await client.submitRating(keys.rating, ratingExample)).toEqual(receipt);
    expect(await client.progress('9901012026112200001')).toMatchObject({
      kind: 'done',
      value: { provisionalNumber: caseExample.provisionalNumber, stage: 'accepted' },
    });
  });

  it('name what staff must look at', async () => {
    expect(await client.uploadPage(scan)).toMatchObject({ kind: 'conflict', reason: 'unknown-case' });
    expect(await client.submitRating(keys.rating, ratingExample)).toMatchObject({ reason: 'unknown-case' });
    await client.submitCase(keys.case, caseExample);
    await client.submitRating(keys.rating, ratingExample);
    const outcomes = await Promise.all([
      client.submitCase(keys.case, { ...caseExample, itemVersion: 2 }),
      client.submitCase(keys.other, { ...caseExample, itemVersion: 2 }),
      client.submitCase(keys.other, { ...caseExample, itemVersion: -1 }),
      client.submitRating(keys.other, { ...ratingExample, id: keys.other }),
      client.uploadPage({ ...scan, page: { ...pageExample, material: 'OTHER' } }),
      client.uploadPage({ ...scan, image: Buffer.alloc(33 * 1024 * 1024) }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'conflict', reason: 'key-reused' },
      { kind: 'conflict', reason: 'content-differs' },
      { kind: 'refused', reason: 'invalid' },
      { kind: 'refused', reason: 'already-rated' },
      { kind: 'refused', reason: 'page-not-announced' },
      { kind: 'needs-staff', reason: 'too-large' },
    ]);
  });

  it('say plainly that a number is unknown', async () => {
    expect(await client.progress('YS-0')).toMatchObject({ kind: 'refused', reason: 'unknown-number' });
  });
});

describe('with a fault at the platform', () => {
  it.each([
    [{ kind: 'status', status: 500 }, { reason: 'failing' }],
    [
      { kind: 'status', status: 503, retryAfterSeconds: 30 },
      { reason: 'busy', afterMs: 30_000 },
    ],
    [{ kind: 'status', status: 429 }, { reason: 'busy' }],
    [{ kind: 'status', status: 409 }, { reason: 'in-progress' }],
    [{ kind: 'html' }, { reason: 'not-understood', detail: 'status 200, text/html; charset=utf-8' }],
    [{ kind: 'lose-answers', share: 1 }, { reason: 'no-answer' }],
    [{ kind: 'down' }, { reason: 'no-answer', detail: 'ECONNREFUSED' }],
  ] as const)('%o a case is to be sent again, and arrives once when it is over', async (fault, expected) => {
    await platform.setFault(fault);
    expect(await client.submitCase(keys.case, caseExample)).toMatchObject({ kind: 'retry', ...expected });
    await platform.setFault({ kind: 'none' });
    expect(await client.submitCase(keys.case, caseExample)).toMatchObject({ kind: 'done' });
    expect((await platform.received()).cases).toHaveLength(1);
  });

  it('that never answers, the limit ends the wait; the same key is in progress meanwhile', async () => {
    await platform.setFault({ kind: 'hang' });
    const first = client.submitCase(keys.case, caseExample);
    const second = client.submitCase(keys.case, caseExample);
    // Whichever arrives later is answered at once.
    const either = await Promise.race([first, second]);
    expect(either).toMatchObject({ kind: 'retry', reason: 'in-progress' });
    clock.limitOver();
    const outcomes = await Promise.all([first, second]);
    expect(new Set(outcomes.map((each) => each.kind === 'retry' && each.reason))).toEqual(
      new Set(['in-progress', 'timed-out']),
    );
    expect((await platform.received()).cases).toEqual([]);

    await platform.setFault({ kind: 'none' });
    expect(await client.submitCase(keys.case, caseExample)).toMatchObject({ kind: 'done' });
  });

  it('that answers late, the answer still counts', async () => {
    await platform.setFault({ kind: 'hang' });
    const late = client.health();
    await sent.promise;
    await platform.setFault({ kind: 'none' });
    expect(await late).toMatchObject({ kind: 'done' });
  });

  it('a call ends when its caller stops it', async () => {
    await platform.setFault({ kind: 'hang' });
    const stop = new AbortController();
    const call = client.health(stop.signal);
    await sent.promise;
    stop.abort();
    expect(await call).toMatchObject({ kind: 'retry', reason: 'stopped' });
  });

  it('losing 30 % of the answers, every case that is sent until it is done arrives exactly once', async () => {
    const count = 40;
    await platform.setFault({ kind: 'lose-answers', share: 0.3 });
    for (let serial = 0; serial < count; serial += 1) {
      const ending = String(serial).padStart(12, '0');
      const submission = {
        ...caseExample,
        id: `019ab4c0-5a00-7000-8000-${ending}`,
        provisionalNumber: `YS-${serial}`,
        receiptCode: `R${serial}`,
        materials: [],
      };
      const key = `019ab4c0-5a00-7000-9000-${ending}`;
      let outcome = await client.submitCase(key, submission);
      while (outcome.kind === 'retry') outcome = await client.submitCase(key, submission);
      expect(outcome.kind).toBe('done');
    }
    const { cases, replays } = await platform.received();
    expect(cases.map((each) => each.officialNumber)).toEqual(
      Array.from({ length: count }, (_, index) => `99010120261122${String(index + 1).padStart(5, '0')}`),
    );
    expect(replays).toBe(requests - count);
    expect(replays).toBeGreaterThan(0);
  });
});
