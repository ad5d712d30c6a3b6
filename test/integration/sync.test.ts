import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { BREAKER_FAILURES, LONGEST_DUE_EVERY, SYNC_LANES } from '../../src/core/limits.ts';
import { createPlatform } from '../../src/platform/server.ts';
import { adapters, wayOfCases } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock, pass, removeFolder } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { queueCases, queuedId, type QueuedCase } from '../fixtures/queued-cases.ts';

const deliveredBy = (on: Kiosk) =>
  on.log.events.filter(({ event }) => event === 'core.delivered').map(({ fields }) => fields['record']);
const pathOf = (input: Parameters<typeof globalThis.fetch>[0]) =>
  new URL(input instanceof Request ? input.url : input).pathname;

/** Lets bytes through to the platform and back, and cuts every line once so many went up. */
async function cuttingLine(
  to: string,
): Promise<{ url: string; up: () => number; cutAt(bytes: number): void; server: Server }> {
  const { hostname, port } = new URL(to);
  let up = 0;
  let limit = Number.POSITIVE_INFINITY;
  const lines = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const line of [near, far]) {
      lines.add(line);
      line.on('error', () => undefined);
      line.on('close', () => {
        lines.delete(line);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => {
      const rest = bytes.subarray(0, Math.max(0, limit - up));
      up += rest.length;
      far.write(rest, () => {
        if (up < limit) return;
        limit = Number.POSITIVE_INFINITY;
        for (const line of lines) line.end();
      });
    });
    far.on('data', (bytes) => near.write(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    up: () => up,
    cutAt: (bytes) => {
      up = 0;
      limit = bytes;
    },
    server,
  };
}

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
  });
  afterEach(() => hall.close());

  function queue(cases: readonly QueuedCase[]): void {
    mkdirSync(join(hall.folder, 'data'), { recursive: true });
    queueCases(join(hall.folder, 'data'), cases);
  }

  describe('lanes', () => {
    it('send the records of one case in order and several cases at once, no more than there are lanes', async () => {
      const cases = Array.from({ length: 40 }, (_, serial) => ({
        serial,
        pages: [randomBytes(200), randomBytes(300)],
        rated: serial % 2 === 0,
      }));
      queue(cases);
      let now = 0;
      let most = 0;
      const on = await hall.start({
        fetch: async (...request) => {
          if (['/health', adapter.paths.health].includes(pathOf(request[0]))) return globalThis.fetch(...request);
          now += 1;
          most = Math.max(most, now);
          return globalThis.fetch(...request).finally(() => {
            now -= 1;
          });
        },
      });
      await on.log.until('core.delivered', 40 * 3 + 20);
      const order = deliveredBy(on);
      for (const { serial, rated } of cases) {
        const own = [
          queuedId(serial),
          queuedId(serial, 1),
          queuedId(serial, 2),
          ...(rated ? [queuedId(serial, 'last')] : []),
        ];
        expect(order.filter((id) => own.some((one) => one === id))).toEqual(own);
      }
      expect(most).toBeGreaterThan(2);
      expect(most).toBeLessThanOrEqual(SYNC_LANES);
      const received = await hall.platform.received();
      expect([received.cases.length, received.scans.length, received.ratings.length]).toEqual([40, 80, 20]);
    });

    it('let the nearest deadline go first, and ratings after all cases', async () => {
      queue([
        { serial: 1, promisedDays: 20, rated: true },
        { serial: 2, promisedDays: 5, rated: true },
        { serial: 3, promisedDays: 1, handedInAt: new Date('2026-11-22T01:20:00Z') },
      ]);
      const on = await hall.start();
      await on.log.until('core.delivered', 5);
      const { cases } = await hall.platform.received();
      expect(cases.map(({ id }) => id)).toEqual([3, 2, 1].map((serial) => queuedId(serial)));
      expect(new Set(deliveredBy(on).slice(3))).toEqual(new Set([queuedId(1, 'last'), queuedId(2, 'last')]));
    });

    it('let nothing wait for ever behind nearer deadlines: every so many records the longest due goes', async () => {
      const early = new Date('2026-11-20T01:00:00Z');
      queue([
        { serial: 0, promisedDays: 500, handedInAt: early },
        ...Array.from({ length: 40 }, (_, n) => ({ serial: n + 1, promisedDays: 1 })),
      ]);
      const on = await hall.start();
      await on.log.until('core.delivered', 41);
      const place = deliveredBy(on).indexOf(queuedId(0));
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(LONGEST_DUE_EVERY + SYNC_LANES);
    });

    it('do not let a case that fails hold up another one', async () => {
      queue([1, 2, 3, 4].map((serial) => ({ serial, promisedDays: serial, rated: true })));
      const on = await hall.start({
        fetch: async (...request) => {
          const text = await new Request(...request).text();
          return text.includes(queuedId(1)) ? new Response('', { status: 500 }) : globalThis.fetch(...request);
        },
      });
      await on.log.until('core.delivered', 6);
      expect((await hall.platform.received()).cases.map(({ id }) => id).toSorted()).toEqual(
        [2, 3, 4].map((n) => queuedId(n)),
      );
      expect(on.log.count('core.delivery-postponed', { record: queuedId(1), reason: 'failing' })).toBeGreaterThan(0);
      expect(on.log.count('core.delivery-postponed', { reason: 'failing' })).toBe(
        on.log.count('core.delivery-postponed', { record: queuedId(1), reason: 'failing' }),
      );
    });
  });

  describe('the breaker', () => {
    it('keeps a platform that is well by its own word and takes no record from being run against', async () => {
      queue(Array.from({ length: 50 }, (_, serial) => ({ serial })));
      const clock = new ManualClock();
      let sick = true;
      let refused = 0;
      const on = await hall.start({
        clock,
        fetch: async (...request) => {
          if (!sick || pathOf(request[0]) !== adapter.paths.submitCase) return globalThis.fetch(...request);
          refused += 1;
          return Response.json(
            { defined: false, code: 'INTERNAL_SERVER_ERROR', status: 500, message: '' },
            { status: 500 },
          );
        },
      });
      await on.log.until('core.platform-changed', 1, { state: 'unreachable', reason: 'failing' });
      expect(refused).toBe(BREAKER_FAILURES);
      expect(on.log.count('core.delivery-parked')).toBe(0);
      sick = false;
      await expect
        .poll(() => {
          pass(on, clock, 5_000);
          return on.log.count('core.delivered');
        })
        .toBe(50);
      expect(refused).toBe(BREAKER_FAILURES);
      expect((await hall.platform.received()).cases).toHaveLength(50);
    });
  });

  describe('a scan', () => {
    const goesOn = adapter.has('page-resumption');
    const title = goesOn ? '[P-08] cut at half goes on from there' : 'cut at half goes anew, as one request,';
    it(`${title} after a restart, with the same hash`, async () => {
      // Its signature takes its time.
      const image = randomBytes(goesOn ? 12_000_000 : 1_500_000);
      queue([{ serial: 1, pages: [image] }]);
      const way = wayOfCases(await hall.entry());
      const line = await cuttingLine(way.url);
      try {
        const clock = new ManualClock();
        line.cutAt(image.length / 2);
        const first = await hall.start({ clock, platform: way.by(line.url) });
        await first.log.until('core.delivery-postponed', 1, { step: 'scan' });
        expect((await hall.platform.received()).scans).toEqual([]);
        first.stop();

        const before = line.up();
        const second = await hall.start({ platform: way.by(line.url) });
        await second.log.until('core.delivered', 1, { step: 'scan' });
        expect((await hall.platform.received()).scans).toMatchObject([{ id: queuedId(1, 1), bytes: image.length }]);
        const sentAgain = line.up() - before;
        // In base64 four bytes go for three. It was not simply there already either.
        const [least, most] = goesOn ? [0.4, 0.55] : [1.33, 1.4];
        expect(sentAgain).toBeLessThanOrEqual(most * image.length);
        expect(sentAgain).toBeGreaterThan(least * image.length);
      } finally {
        line.server.close();
      }
    });

    it('of a case that the platform has lost is a conflict for staff, and kept', async () => {
      const image = randomBytes(600_000);
      queue([{ serial: 1, pages: [image] }]);
      const way = wayOfCases(await hall.entry());
      const line = await cuttingLine(way.url);
      try {
        line.cutAt(300_000);
        const first = await hall.start({ clock: new ManualClock(), platform: way.by(line.url) });
        await first.log.until('core.delivery-postponed', 1, { step: 'scan' });
        first.stop();
      } finally {
        line.server.close();
      }
      await hall.platform.close();
      hall.platform = await createPlatform({ clock: systemClock, log: () => undefined });
      const second = await hall.start();
      await second.log.until('core.delivery-parked', 1, { reason: 'unknown-case', outcome: 'conflict' });
      expect(await second.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 1 });
    });

    it('whose file is gone or changed waits for staff, and the next one goes', async () => {
      queue([{ serial: 1, pages: [randomBytes(300), randomBytes(300)] }]);
      removeFolder(join(hall.folder, 'data', 'scans'));
      const on = await hall.start();
      await on.log.until('core.delivery-parked', 2, { reason: 'page-missing', outcome: 'needs-staff' });
      expect((await hall.platform.received()).cases).toHaveLength(1);
    });
  });

  describe('what waits to be sent', () => {
    it('is told of before its bound, and at the bound no application is begun; none is lost', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const on = await hall.start({ config: { backlog: { cases: 2 } }, clock: new ManualClock() });
      const clock = on.room.deps.clock;
      if (!(clock instanceof ManualClock)) throw new Error('another clock');
      const visit = async () => {
        await applyForAllowance(on);
        const answer = await on.core.application.submit();
        await on.core.session.end({ cause: 'finished' });
        return answer.provisionalNumber;
      };
      const kept = [await visit(), await visit()];
      const { services, notices } = await on.core.system.status();
      expect(services).toContainEqual({ service: 'apply', available: false, why: 'backlog' });
      expect(notices).toContainEqual({
        kind: 'backlog-full',
        detail: '2 of 2 cases, the oldest 0 of 10 days',
      });
      await expect(applyForAllowance(on)).rejects.toMatchObject({ code: 'BACKLOG_FULL' });
      await on.core.session.end({ cause: 'left' });

      await hall.platform.setFault({ kind: 'none' });
      await expect
        .poll(() => {
          pass(on, clock, 5_000);
          return on.log.count('core.delivered');
        })
        .toBe(4);
      const { cases } = await hall.platform.received();
      expect(cases.map(({ provisionalNumber }) => provisionalNumber).toSorted()).toEqual(kept.toSorted());
      const kinds = (await on.core.system.status()).notices.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind.startsWith('backlog'))).toEqual([]);
      await visit();
    });

    it('is told of at four fifths', async () => {
      queue([1, 2, 3, 4].map((serial) => ({ serial })));
      await hall.platform.setFault({ kind: 'down' });
      const on = await hall.start({ config: { backlog: { cases: 5 } }, clock: new ManualClock() });
      const { services, notices } = await on.core.system.status();
      expect(notices.map(({ kind }) => kind)).toEqual(['backlog-filling']);
      expect(services).not.toContainEqual({ service: 'apply', available: false, why: 'backlog' });
    });
  });
});
