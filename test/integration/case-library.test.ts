import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { queueHash } from '../../src/core/backup/queue-hash.ts';
import { ERASE_GRACE_MS, LIBRARY_BEHIND_MS } from '../../src/core/limits.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock, pass, type CoreBenchOptions } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';

const openLibrary = () => createPlatform({ clock: systemClock, log: () => undefined });

describe.each(adapters)('core over $name', (adapter) => {
  const TARGETS = ['platform', 'library'] as const;
  type Target = (typeof TARGETS)[number];

  let hall: Hall;
  let servers: Record<Target, Platform>;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    servers = { platform: hall.platform, library: await openLibrary() };
  });
  afterEach(async () => {
    await hall.close();
    await servers.library.close();
  });

  const start = (options: Partial<CoreBenchOptions> = {}) =>
    hall.start({ config: { caseLibrary: { url: servers.library.url } }, ...options });

  async function visit(on: Kiosk): Promise<string> {
    await applyForAllowance(on);
    const { provisionalNumber } = await on.core.application.submit();
    await on.core.rating.submit({ level: 'satisfied', channel: 'page' });
    await on.core.session.end({ cause: 'finished' });
    return provisionalNumber;
  }

  const isOf = (target: Target, fields: Readonly<Record<string, unknown>>) =>
    (fields['target'] === 'case-library') === (target === 'library');
  /** What was delivered there, in order. */
  const deliveredTo = (target: Target, on: Kiosk) =>
    on.log.events.flatMap(({ event, fields }) => (event === 'core.delivered' && isOf(target, fields) ? [fields] : []));
  const until = (target: Target, on: Kiosk, count: number) =>
    expect.poll(() => deliveredTo(target, on).length).toBe(count);
  const numbersAt = async (target: Target) =>
    (await servers[target].received()).cases.map(({ provisionalNumber }) => provisionalNumber).toSorted();

  /** Everything of these cases is there once, and came in the order of each case. */
  async function expectAll(target: Target, numbers: readonly string[]): Promise<void> {
    const { cases, scans, ratings } = await servers[target].received();
    expect(cases.map(({ provisionalNumber }) => provisionalNumber).toSorted()).toEqual(numbers.toSorted());
    const ids = cases.map(({ id }) => id).toSorted();
    expect(scans.map(({ caseId }) => caseId).toSorted()).toEqual(ids);
    expect(ratings.map(({ caseId }) => caseId).toSorted()).toEqual(ids);
  }
  const stepsOf = (delivered: readonly Readonly<Record<string, unknown>>[], records: ReadonlySet<string>) =>
    delivered.flatMap(({ record, step }) => (records.has(String(record)) ? [step] : []));

  /** Over what a backup would have to keep. */
  function hashOf(on: Kiosk): string {
    const { service } = on.room;
    if (!service) throw new Error('not in service');
    const store = new Sqlite(join(on.dataDir, 'kiosk.db'), { readonly: true });
    const hash = queueHash(store, service.pages);
    store.close();
    return hash;
  }

  function recordsByCase(on: Kiosk): Set<string>[] {
    const store = new Sqlite(join(on.dataDir, 'kiosk.db'), { readonly: true });
    const rows = store.prepare<[], { id: string; caseId: string }>('SELECT id, case_id AS caseId FROM outbox').all();
    store.close();
    return [...Map.groupBy(rows, ({ caseId }) => caseId).values()].map((own) => new Set(own.map(({ id }) => id)));
  }

  describe('platform and case library', () => {
    it.each(TARGETS)(
      '[P-25] both get all cases in order and once although the %s was down',
      async (down) => {
        const up = down === 'platform' ? 'library' : 'platform';
        const first = await start();
        await servers[down].setFault({ kind: 'down' });
        const numbers = [await visit(first), await visit(first)];
        // Nobody waits for the one that is down.
        await until(up, first, 6);
        await expectAll(up, numbers);
        expect(await numbersAt(down)).toEqual([]);
        expect(await first.core.system.status()).toMatchObject({ waiting: 6, needsStaff: 0 });

        const second = await start();
        numbers.push(await visit(second));
        await until(up, second, 3);
        await servers[down].setFault({ kind: 'none' });
        await until(down, second, 9);
        for (const target of TARGETS) await expectAll(target, numbers);
        const cases = recordsByCase(second);
        expect(cases).toHaveLength(3);
        for (const records of cases)
          expect(stepsOf(deliveredTo(down, second), records)).toEqual(['case', 'scan', 'rating']);
        expect(await second.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });
        const { cases: registered } = await servers.platform.received();
        for (const { provisionalNumber, officialNumber } of registered)
          expect(await second.core.progress.lookup({ number: provisionalNumber })).toMatchObject({ officialNumber });
        expect(second.room.service?.audit.last('record-copied')).toMatchObject({ outcome: 'done' });
      },
      60_000,
    );

    it('get each record once although both lose answers after their commit', async () => {
      const clock = new ManualClock();
      const on = await start({ clock });
      for (const target of TARGETS) await servers[target].setFault({ kind: 'lose-answers', share: 0.3 });
      const numbers = [];
      for (let n = 0; n < 5; n += 1) numbers.push(await visit(on));
      for (const target of TARGETS) {
        const count = () => {
          pass(on, clock, 1_000);
          return deliveredTo(target, on).length;
        };
        await expect.poll(count).toBe(15);
        await expectAll(target, numbers);
        expect((await servers[target].received()).replays).toBeGreaterThan(0);
      }
    });

    it('keep what was handed in until both have had it for the time of grace', async () => {
      const clock = new ManualClock();
      await servers.library.setFault({ kind: 'down' });
      const on = await start({ clock });
      await visit(on);
      await until('platform', on, 3);
      const nothingQueued = createHash('sha256').digest('hex');
      expect(hashOf(on)).not.toBe(nothingQueued);
      clock.advance(2 * ERASE_GRACE_MS);
      expect(on.room.service?.erasure.eraseDue()).toEqual({ ok: true, value: 0 });
      await servers.library.setFault({ kind: 'none' });
      await expect
        .poll(() => {
          pass(on, clock, 5_000);
          return deliveredTo('library', on).length;
        })
        .toBe(3);
      expect(hashOf(on)).toBe(nothingQueued);
      expect(on.room.service?.erasure.eraseDue()).toEqual({ ok: true, value: 0 });
      clock.advance(ERASE_GRACE_MS + 60_000);
      expect(on.room.service?.erasure.eraseDue()).toEqual({ ok: true, value: 3 });
      const store = new Sqlite(join(on.dataDir, 'kiosk.db'), { readonly: true });
      expect(store.prepare('SELECT step FROM outbox WHERE payload IS NOT NULL').all()).toEqual([]);
      expect(store.prepare('SELECT step, state FROM library_delivery').all()).toEqual([
        { step: 'case', state: 'done' },
      ]);
      store.close();
    });

    it('a library that comes later gets what is still here; one that is no longer named is missed by staff', async () => {
      await servers.platform.setFault({ kind: 'down' });
      const without = await start({ config: {} });
      const numbers = [await visit(without), await visit(without)];
      const named = await start();
      await until('library', named, 6);
      await expectAll('library', numbers);

      await servers.library.setFault({ kind: 'down' });
      numbers.push(await visit(named));
      const dropped = await start({ config: {} });
      expect((await dropped.core.system.status()).notices).toContainEqual({
        kind: 'case-library-missing',
        detail: '3',
      });
      await servers.library.setFault({ kind: 'none' });
      const again = await start();
      await until('library', again, 3);
      await expectAll('library', numbers);
      expect((await again.core.system.status()).notices).toEqual([]);
    });

    it('staff are told when cases wait for the library for long, and applications go on', async () => {
      const clock = new ManualClock();
      await servers.library.setFault({ kind: 'down' });
      const on = await start({ clock });
      await visit(on);
      clock.advance(LIBRARY_BEHIND_MS + 1);
      const kinds = (await on.core.system.status()).notices.map(({ kind }) => kind);
      expect(kinds).toContain('case-library-behind');
      await visit(on);
    });

    it('what the library refuses waits for staff, and the platform has it all the same', async () => {
      const on = await start();
      const number = await visit(on);
      for (const target of TARGETS) await until(target, on, 3);
      // Another one in its place, which has nothing: what follows is of a case that it does not know.
      await servers.library.close();
      servers.library = await openLibrary();
      on.stop();
      const store = new Sqlite(join(on.dataDir, 'kiosk.db'));
      store.exec(`UPDATE library_delivery SET state = 'waiting', ready = 1 WHERE step = 'rating'`);
      store.close();
      const after = await start();
      await after.log.until('core.delivery-parked', 1, { reason: 'unknown-case', target: 'case-library' });
      expect(await after.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 1 });
      expect(await after.core.progress.lookup({ number })).toMatchObject({ stage: 'accepted' });
      await after.core.staff.signIn({ number: '100001', pin: '246810' });
      const parked = { target: 'case-library', kind: 'rating', number, reason: 'unknown-case' } as const;
      const records = await after.core.staff.parkedRecords();
      expect(records).toMatchObject([parked]);
      await after.core.staff.sendAgain({ id: records[0]?.id ?? '', target: 'case-library' });
      await after.log.until('core.delivery-parked', 2, { reason: 'unknown-case', target: 'case-library' });
      expect(await after.core.staff.parkedRecords()).toMatchObject([parked]);
    });
  });
});
