import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Authority, createAuthority, readIssued } from '../../scripts/hall/authority.ts';
import type { EventLog } from '../../src/contract/log.ts';
import { deviceEventExample } from '../../src/contract/platform-examples.ts';
import { createHttpFetch } from '../../src/core/sync/http-fetch.ts';
import { createTokenFetch } from '../../src/core/sync/token-fetch.ts';
import type { Fault } from '../../src/platform/faults.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { CallHall } from '../fixtures/calls/call-hall.ts';
import type { HallTime } from '../fixtures/calls/people-hall.ts';
import {
  ofNobody,
  type PlatformCall,
  platformCalls,
  type Prepared,
  send,
  withHeaders,
} from '../fixtures/calls/calls.ts';
import { monday, SERVER_START_MS } from '../fixtures/case-bench.ts';
import { overPlatform } from '../fixtures/kiosk-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines, SERVER_START_MS);

const isKeyed = ({ shared }: PlatformCall): boolean => shared.has('KEY_REUSED');
const keyedCalls = platformCalls.filter(isKeyed);
const personal = platformCalls.filter(({ shared }) => shared.has('IDENTITY_NEEDED'));
const owned = platformCalls.filter(({ shared }) => shared.has('OTHER_DEVICE'));
const refusals = platformCalls.flatMap((call) => [...call.refusals.keys()].map((refusal) => ({ ...call, refusal })));

/** Ids of devices that nobody speaks for. */
const strangers = { kiosk: 'KSK9', office: 'NOBODY' } as const;

let folder: string;
let fleet: Authority;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platform-tls-'));
  fleet = await createAuthority(join(folder, 'fleet'));
}, SERVER_START_MS);
afterAll(() => rm(folder, { recursive: true }));

const openApiFile = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

it('every call of the OpenAPI files has its place here', async () => {
  for (const [side, name, beside] of [
    ['kiosk', 'openapi.json', 1],
    ['office', 'office-openapi.json', 0],
  ] as const) {
    const { paths } = openApiFile.parse(
      JSON.parse(await readFile(join(import.meta.dirname, '../../docs', name), 'utf8')),
    );
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods));
    // Beside them the upload.
    expect(platformCalls.filter((call) => call.side === side)).toHaveLength(operations.length + beside);
  }
  expect(new Set(platformCalls.map(({ name }) => name)).size).toBe(platformCalls.length);
  expect(keyedCalls.length).toBeGreaterThanOrEqual(38);
  expect(refusals.length).toBeGreaterThanOrEqual(150);
});

describe.each(platformEngines)('every call on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let hall: CallHall;
  let elsewhere: Platform;
  let now = new Date(monday);
  const clock = { now: () => now };
  const time: HallTime = {
    get now() {
      return now;
    },
    set: (next) => (now = next),
  };
  const events: Record<string, unknown>[] = [];
  let onHeld = (): void => undefined;
  const log: EventLog = (event, fields) => {
    events.push({ event, ...fields });
    if (event === 'platform.held') onHeld();
  };

  beforeAll(async () => {
    stored = await start(clock, { log });
    elsewhere = await createPlatform({ clock, log: () => undefined });
    hall = new CallHall(stored.platform.url, time, new CallHall(elsewhere.url, time, undefined));
    for (const platform of [stored.platform, elsewhere])
      await CallHall.publishItems((batch, items) => platform.publishCatalogue(batch, items));
  }, SERVER_START_MS);
  afterEach(async () => {
    now = new Date(monday);
    onHeld = () => undefined;
    await stored.platform.setFault({ kind: 'none' });
  });
  afterAll(() => Promise.all([stored.close(), elsewhere.close()]), SERVER_START_MS);

  const ask = (one: Prepared) => send(stored.platform.url, one);
  async function expectGood({ name, goodStatus, output }: PlatformCall, one: Prepared): Promise<unknown> {
    const { status, body } = await ask(one);
    expect([name, status, body, output.safeParse(body).error]).toEqual([name, goodStatus, body, undefined]);
    return body;
  }
  const code = (name: string, reason?: string) => ({ code: name, ...(reason !== undefined && { data: { reason } }) });

  it.each(platformCalls)(
    '$name is answered as its contract says, and is in the record of what was done',
    async (call) => {
      const one = await call.good(hall);
      events.length = 0;
      await expectGood(call, one);
      expect(events).toContainEqual({ event: 'platform.answered', call: call.name });
    },
  );

  it.each(refusals)('$name refuses: $refusal', async ({ refusal, ...call }) => {
    const one = await call.refused(refusal, hall);
    events.length = 0;
    const { status, body } = await ask(one);
    expect([status, call.refusals.get(refusal)?.safeParse(body).error, body]).toEqual([
      expect.any(Number),
      undefined,
      expect.objectContaining({ status }),
    ]);
    expect(events).toContainEqual({ event: 'platform.refused', call: call.name, code: Object(body).code });
  });

  it.each(platformCalls.filter(({ wantsBody }) => wantsBody))(
    '$name refuses what is no request of it',
    async (call) => {
      const one = await call.good(hall);
      const good = String(one.body);
      const bad = ['null', '{}', '{', JSON.stringify({ ...JSON.parse(good), more: 1 })].filter((body) => body !== good);
      for (const body of bad)
        expect([body, await ask({ ...one, body })]).toMatchObject([body, { status: 400, body: code('BAD_REQUEST') }]);
    },
  );

  it.each(keyedCalls)('$name is done once for its key, which is good for nothing else', async (call) => {
    const one = await call.good(hall);
    const before = await stored.platform.received();
    const first = await expectGood(call, one);
    expect(await expectGood(call, one)).toEqual(first);
    expect((await stored.platform.received()).replays).toBe(before.replays + 1);
    const headers = { 'idempotency-key': randomUUID() };
    const other = { headers, body: { ...deviceEventExample, id: randomUUID() } };
    await hall.kiosk.submitDeviceEvent(other);
    const reused = await ask(withHeaders(await call.good(hall), headers));
    expect(reused).toMatchObject({ status: 422, body: code('KEY_REUSED') });
  });

  it.each(keyedCalls.filter(({ side }) => side === 'kiosk'))(
    'what $name brought is in what the platform received',
    async (call) => {
      const one = await call.good(hall);
      const { replays: _before, ...before } = await stored.platform.received();
      await expectGood(call, one);
      const { replays: _after, ...after } = await stored.platform.received();
      expect(after).not.toEqual(before);
    },
  );

  it.each(keyedCalls)('$name is not begun twice at once with one key', async (call) => {
    const one = await call.good(hall);
    await stored.platform.setFault({ kind: 'hang' });
    const held = new Promise<void>((resolve) => (onHeld = resolve));
    const first = ask(one);
    await held;
    expect(await ask(one)).toMatchObject({ status: 409, body: code('IN_PROGRESS') });
    await stored.platform.setFault({ kind: 'none' });
    expect(await first).toMatchObject({ status: call.goodStatus });
  });

  it.each(personal)('$name wants to know who is there, and how surely: a telephone is $telephone', async (call) => {
    const one = await call.good(hall);
    const needed = (reason: string) => ({ status: 403, body: code('IDENTITY_NEEDED', reason) });
    expect(await ask(ofNobody(one))).toMatchObject(needed('no-token'));
    const answer = await ask(withHeaders(one, await hall.telephone()));
    if (call.telephone === 'too-low') expect(answer).toMatchObject(needed('assurance-too-low'));
    else expect(answer.body).not.toMatchObject(code('IDENTITY_NEEDED'));
  });

  describe('of another device', () => {
    let secure: StoredPlatform;
    const asStranger = new Map<PlatformCall['side'], (one: Prepared) => ReturnType<typeof send>>();
    beforeAll(async () => {
      const authority = await readFile(fleet.certificate, 'utf8');
      const tls = { ...(await readIssued(await fleet.issueServer(['127.0.0.1']))), deviceAuthority: authority };
      secure = await start(clock, { tls });
      const { url, devices } = secure.platform;
      for (const side of ['kiosk', 'office'] as const) {
        const own = await readIssued(await fleet.issueDevice(strangers[side]));
        await devices.enrol(strangers[side], own.certificate, side);
        const fetch = createTokenFetch({
          url,
          kioskId: strangers[side],
          fetch: createHttpFetch({ ...own, authority }),
        });
        asStranger.set(side, (one) => send(url, one, overPlatform(fetch)));
      }
    }, SERVER_START_MS);
    afterAll(() => secure.close(), SERVER_START_MS);

    it.each(owned)('$name is refused', async (call) => {
      const answer = await asStranger.get(call.side)?.(await call.good(hall));
      expect(answer).toMatchObject({ status: 403, body: code('OTHER_DEVICE') });
    });
  });

  /** What a fault does to every call; a fault without a line here does not compile. */
  const faults: { readonly [Kind in Fault['kind']]: () => Promise<void> } = {
    none: async () => {
      for (const call of platformCalls) await expectGood(call, await call.good(hall));
    },
    status: async () => {
      const all = await prepareAll();
      for (const status of [409, 429, 500, 503] as const) {
        await stored.platform.setFault({ kind: 'status', status, retryAfterSeconds: 7 });
        for (const [call, one] of all)
          expect([call.name, await ask(one)]).toMatchObject([
            call.name,
            { status, retryAfter: '7', body: { code: expect.any(String) } },
          ]);
      }
      await expectUntouched(all);
    },
    html: async () => {
      const all = await prepareAll();
      await stored.platform.setFault({ kind: 'html' });
      for (const [call, one] of all)
        expect([call.name, await ask(one)]).toMatchObject([
          call.name,
          { status: 200, type: expect.stringContaining('text/html') },
        ]);
      await expectUntouched(all);
    },
    hang: async () => {
      const all = await prepareAll();
      await stored.platform.setFault({ kind: 'hang' });
      let count = 0;
      const allHeld = new Promise<void>((resolve) => {
        onHeld = () => {
          count += 1;
          if (count === all.length) resolve();
        };
      });
      let over = false;
      const answers = all.map(async ([call, one]) => {
        const answer = await ask(one);
        if (!over) throw new Error(`${call.name} did not wait`);
        expect([call.name, answer]).toMatchObject([call.name, { status: call.goodStatus }]);
      });
      await Promise.race([allHeld, Promise.all(answers)]);
      over = true;
      await stored.platform.setFault({ kind: 'none' });
      await Promise.all(answers);
    },
    'lose-answers': async () => {
      const all = await prepareAll();
      const before = await stored.platform.received();
      await stored.platform.setFault({ kind: 'lose-answers', share: 1 });
      for (const [call, one] of all) await expect(ask(one), call.name).rejects.toThrow('fetch failed');
      await stored.platform.setFault({ kind: 'none' });
      // What was done stays done: asked again it is answered from the record.
      for (const [call, one] of all) if (isKeyed(call)) await expectGood(call, one);
      expect((await stored.platform.received()).replays).toBe(before.replays + keyedCalls.length);
    },
    // What it does to the rules that ask them is in instant-approval, pre-review and data-requests.
    'registers-silent': async () => {
      const all = await prepareAll();
      await stored.platform.setFault({ kind: 'registers-silent' });
      for (const [call, one] of all) await expectGood(call, one);
    },
    down: async () => {
      const all = await prepareAll();
      await stored.platform.setFault({ kind: 'down' });
      for (const [call, one] of all) await expect(ask(one), call.name).rejects.toThrow('fetch failed');
      await stored.platform.setFault({ kind: 'none' });
      await expectUntouched(all);
    },
  };

  async function prepareAll(): Promise<[PlatformCall, Prepared][]> {
    const all: [PlatformCall, Prepared][] = [];
    for (const call of platformCalls) all.push([call, await call.good(hall)]);
    before = await stored.platform.received();
    return all;
  }
  let before: Awaited<ReturnType<Platform['received']>>;

  /** Nothing was taken in: each request is new when the fault is over. */
  async function expectUntouched(all: readonly [PlatformCall, Prepared][]): Promise<void> {
    expect(await stored.platform.received()).toEqual(before);
    await stored.platform.setFault({ kind: 'none' });
    for (const [call, one] of all) await expectGood(call, one);
    expect((await stored.platform.received()).replays).toBe(before.replays);
  }

  it.each(Object.entries(faults))('the fault %s is the same for all of them', (_kind, test) => test());
});
