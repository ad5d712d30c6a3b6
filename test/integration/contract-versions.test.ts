import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/contract/clock.ts';
import {
  CONTRACT_VERSION,
  OWN_VERSIONS,
  VERSION_HEADER,
  VERSIONS_HEADER,
  writeVersions,
} from '../../src/contract/contract-version.ts';
import { selfTestExample } from '../../src/contract/self-test-example.ts';
import { createPlatformClient } from '../../src/core/sync/platform-client.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { applyForAllowance, removeFolder, startCore } from '../fixtures/core-bench.ts';
import { FrontPlatform, frozenPlatform, type OtherVersion } from '../fixtures/front-platform.ts';
import { frozenContract } from '../fixtures/frozen-contract.ts';
import { oneQueue, takeNumber } from '../fixtures/queue-bench.ts';

const before = CONTRACT_VERSION - 1;
const after = CONTRACT_VERSION + 1;
const frozen = frozenContract();
const theOneBefore = frozenPlatform(frozen);
const own: OtherVersion = {
  says: writeVersions(OWN_VERSIONS),
  refuse: () => undefined,
  answer: (_asked, answer) => answer,
};

/** The next version: says more, with words that are not known today, and takes what today's takes. */
const theOneAfter: OtherVersion = {
  says: `${CONTRACT_VERSION}-${after}`,
  refuse: () => undefined,
  answer: ({ path }, { status, body }) => {
    const said = z.record(z.string(), z.unknown()).parse(body);
    if (status !== 200) return { status, body: { ...said, hint: 'of a later version' } };
    const stage = path === '/progress' && { stage: 'archived', result: { outcome: 'tacit' } };
    return { status, body: { ...said, ...stage, laterField: { words: ['new'] } } };
  },
};
/** Has left today's version behind. */
const farAhead: OtherVersion = {
  ...theOneAfter,
  says: `${after}-${after + 1}`,
  refuse: ({ version }) =>
    version === String(CONTRACT_VERSION)
      ? { status: 400, body: new ORPCError('VERSION_NOT_SPOKEN', { status: 400 }).toJSON() }
      : undefined,
};

let platform: Platform;
let front: FrontPlatform;
let url: string;
const benches: Awaited<ReturnType<typeof startCore>>[] = [];
beforeEach(async () => {
  platform = await createPlatform({ clock: systemClock, log: () => undefined });
  front = new FrontPlatform(platform.url, own);
  url = await front.listen();
});
afterEach(async () => {
  for (const bench of benches) {
    bench.stop();
    removeFolder(bench.folder);
    expect(bench.bugs).toEqual([]);
  }
  benches.length = 0;
  front.close();
  await platform.close();
});

async function start() {
  const bench = await startCore({ clock: systemClock, platformUrl: url, config: { queues: [...oneQueue] } });
  benches.push(bench);
  return bench;
}
type Bench = Awaited<ReturnType<typeof start>>;

async function handIn(bench: Bench): Promise<string> {
  await applyForAllowance(bench);
  const { provisionalNumber } = await bench.core.application.submit();
  await bench.core.rating.submit({ level: 'satisfied', channel: 'page' });
  await bench.core.session.end({ cause: 'finished' });
  return provisionalNumber;
}

const settled = (bench: Bench) => expect.poll(async () => (await bench.core.system.status()).waiting).toBe(0);
const noticesOf = async (bench: Bench) => (await bench.core.system.status()).notices.map(({ kind }) => kind);

/** Why records wait, as the kiosk has it in its store. */
function held(bench: Bench): readonly unknown[] {
  const store = new Sqlite(join(bench.dataDir, 'kiosk.db'), { readonly: true });
  const rows = ['outbox', 'kiosk_outbox'].flatMap((table) =>
    store
      .prepare(
        `SELECT DISTINCT step, state, reason, payload IS NOT NULL AS kept FROM ${table} WHERE state <> 'done' ORDER BY step`,
      )
      .all(),
  );
  store.close();
  return rows;
}

describe(`a kiosk of version ${CONTRACT_VERSION}`, () => {
  it(`[M-26] with a platform of version ${before}: hands in what that knows, keeps the rest under its reason until the update`, async () => {
    const bench = await start();
    await bench.log.until('core.queue-leased', 2);
    // The update of the platform is taken back.
    front.versions = [theOneBefore];
    front.asked.length = 0;
    const number = await handIn(bench);
    await takeNumber(bench);
    await bench.log.until('core.delivered', 1, { step: 'rating' });
    await bench.log.until('core.delivery-postponed', 1, { step: 'queue-ticket', reason: 'platform-too-old' });
    expect(held(bench)).toEqual([{ step: 'queue-ticket', state: 'waiting', reason: 'platform-too-old', kept: 1 }]);
    expect(await noticesOf(bench)).toEqual(['platform-too-old']);
    expect(await bench.core.progress.lookup({ number })).toMatchObject({ stage: 'accepted' });
    // Once its version was known nothing was sent that it does not know.
    const asked = front.asked.filter(({ path }) => !path.startsWith('/uploads'));
    const known = asked.filter(({ version }) => version === String(before));
    expect(known.length).toBeGreaterThanOrEqual(2);
    expect(known.map(({ method, path, body }) => theOneBefore.refuse({ method, path, body, version: '' }))).toEqual(
      known.map(() => undefined),
    );
    const received = await platform.received();
    expect(received).toMatchObject({ cases: [{ provisionalNumber: number }], ratings: [{ level: 'satisfied' }] });
    expect(received.scans).toHaveLength(1);
    expect(received.queueTickets).toEqual([]);

    front.versions = [own];
    await settled(bench);
    expect((await platform.received()).queueTickets).toMatchObject([{ number: 1 }]);
    await expect.poll(() => noticesOf(bench)).toEqual([]);
    expect((await bench.core.system.status()).needsStaff).toBe(0);
  });

  it('takes each of its records to a platform of the version before, as that has frozen it', async () => {
    front.versions = [theOneBefore];
    const client = createPlatformClient({
      url,
      fetch: globalThis.fetch,
      clock: systemClock,
      limitsMs: { write: 20_000, ask: 20_000 },
    });
    expect(await client.health()).toMatchObject({ kind: 'done' });
    expect(client.versionGap).toBe('platform-too-old');
    const key = '019ab4c0-5a00-7000-8000-0000000000a1';
    expect(await client.submitSelfTest(key, selfTestExample)).toMatchObject({ kind: 'done' });
    expect((await platform.received()).selfTests).toHaveLength(1);
  });

  it(`with a platform of version ${after}: works with its further fields and words`, async () => {
    front.versions = [theOneAfter];
    const bench = await start();
    await bench.log.until('core.queue-leased', 2);
    const number = await handIn(bench);
    await takeNumber(bench);
    await settled(bench);
    expect(await bench.core.progress.lookup({ number })).toMatchObject({
      stage: 'unknown',
      officialNumber: expect.stringMatching(/^990101\d{13}$/),
    });
    expect(await platform.received()).toMatchObject({
      cases: [{ provisionalNumber: number }],
      queueTickets: [{ number: 1 }],
    });
    expect(await bench.core.system.status()).toMatchObject({ needsStaff: 0, notices: [] });
    expect(new Set(front.asked.map(({ version }) => version))).toEqual(new Set([undefined, String(CONTRACT_VERSION)]));
  });

  it('with a platform that refuses for a reason that came later: nothing is dropped', async () => {
    front.versions = [
      {
        ...theOneAfter,
        refuse: ({ path }) =>
          path === '/ratings'
            ? { status: 400, body: new ORPCError('REFUSED', { status: 400, data: { reason: 'too-kind' } }).toJSON() }
            : undefined,
      },
    ];
    const bench = await start();
    await bench.log.until('core.queue-leased', 2);
    await handIn(bench);
    await bench.log.until('core.delivery-parked', 1, { step: 'rating', reason: 'rejected' });
    expect(held(bench)).toMatchObject([{ step: 'rating', kept: 1 }]);
  });

  it('with a platform that has left it behind: sends nothing, keeps everything and says so, until that speaks it again', async () => {
    front.versions = [farAhead];
    const bench = await start();
    await bench.log.until('core.platform-changed', 1, { state: 'reachable' });
    front.asked.length = 0;
    await handIn(bench);
    await bench.log.until('core.delivery-postponed', 1, { step: 'case', reason: 'kiosk-too-old' });
    expect(held(bench)).toMatchObject([
      { step: 'case', state: 'waiting', reason: 'kiosk-too-old', kept: 1 },
      { step: 'rating', state: 'waiting', kept: 1 },
      { step: 'scan', state: 'waiting', kept: 1 },
    ]);
    expect(front.asked.filter(({ path }) => path !== '/health')).toEqual([]);
    expect(await noticesOf(bench)).toContain('kiosk-too-old');

    front.versions = [theOneAfter];
    await settled(bench);
    expect((await platform.received()).cases).toHaveLength(1);
  });

  it('with platforms of both versions behind one address, as in the middle of an update: hands in each record once', async () => {
    front.versions = [theOneBefore, own, own, theOneBefore, own];
    const bench = await start();
    await bench.log.until('core.queue-leased', 2);
    const numbers: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      numbers.push(await handIn(bench));
      await takeNumber(bench);
    }
    await settled(bench);
    const { cases, ratings, queueTickets, scans } = await platform.received();
    expect(cases.map(({ provisionalNumber }) => provisionalNumber).toSorted()).toEqual(numbers.toSorted());
    expect([ratings.length, scans.length, queueTickets.length]).toEqual([4, 4, 4]);
    expect((await bench.core.system.status()).needsStaff).toBe(0);
  });
});

/** As a kiosk of another version asks, which is known by what it sends alone. */
async function ask(at: string, method: string, path: string, body: unknown, version?: number) {
  const answer = await fetch(`${at}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': '"019ab4c0-5a00-7000-8000-0000000000b1"',
      ...(version !== undefined && { [VERSION_HEADER]: String(version) }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
  const said: unknown = await answer.json();
  return { status: answer.status, body: said, speaks: answer.headers.get(VERSIONS_HEADER) };
}
const code = (body: unknown) => z.looseObject({ code: z.string() }).parse(body).code;

describe(`a platform of version ${CONTRACT_VERSION}`, () => {
  it(`[M-26] with a kiosk of version ${before}: takes all that it sends, and answers as it was promised`, async () => {
    expect(frozen.version).toBe(`${before}.0.0`);
    expect(frozen.operations.length).toBeGreaterThanOrEqual(7);
    // Withdrawn before any kiosk that used it served people: pages went by tus in version 1 too.
    const used = frozen.operations.filter(({ path }) => path !== '/scans');
    for (const [index, { method, path, example, answers }] of used.entries()) {
      const key = `"019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}"`;
      const answer = await fetch(`${platform.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        ...(method === 'POST' && { body: JSON.stringify(example) }),
      });
      expect([path, answer.status]).toEqual([path, 200]);
      const fits = answers.get(200)?.schema.safeParse(await answer.json());
      expect([path, fits]).toMatchObject([path, { success: true }]);
    }
  });

  it(`with a kiosk of version ${after}: refuses what it does not speak by name, and takes it in its own version`, async () => {
    const example = frozen.find('POST', '/cases')?.example;
    const later = await ask(platform.url, 'POST', '/cases', { ...Object(example), laterField: 1 }, after);
    expect(later).toMatchObject({ status: 400, speaks: writeVersions(OWN_VERSIONS) });
    expect(code(later.body)).toBe('VERSION_NOT_SPOKEN');
    expect(await ask(platform.url, 'POST', '/cases', example, CONTRACT_VERSION)).toMatchObject({ status: 200 });
    for (const nonsense of [0, 99_999])
      expect((await ask(platform.url, 'GET', '/health', undefined, nonsense)).status).toBe(400);
  });

  it('says which versions it speaks with every answer', async () => {
    const answers = [
      await ask(platform.url, 'GET', '/health', undefined),
      await ask(platform.url, 'POST', '/nothing', {}),
      await ask(platform.url, 'POST', '/cases', {}),
    ];
    expect(answers.map(({ status, speaks }) => [status, speaks])).toEqual(
      [200, 404, 400].map((status) => [status, writeVersions(OWN_VERSIONS)]),
    );
  });
});
