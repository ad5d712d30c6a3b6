import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapters } from '../fixtures/adapters.ts';
import { ManualClock, seniorAllowance } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { oneQueue, takeNumber } from '../fixtures/queue-bench.ts';
import type { QueueConfig } from '../../src/contract/config.ts';
import { QUEUE_LEASE_COUNT, QUEUE_LOOK_MS, QUEUE_LOW_WATER } from '../../src/core/limits.ts';
import { queueOf } from '../../src/core/queue/take-ticket.ts';

const queues = [...oneQueue];

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall<ManualClock>;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
  });
  afterEach(() => hall.close());

  const start = (these: readonly QueueConfig[] = queues) => hall.start({ config: { queues: [...these] } });
  /** With numbers for today and tomorrow. */
  async function startLeased(): Promise<Kiosk> {
    const bench = await start();
    await bench.log.until('core.queue-leased', 2);
    return bench;
  }
  const take = (bench: Kiosk) => bench.core.queue.take({ item: seniorAllowance });
  const visit = (bench: Kiosk) => bench.core.session.start({ locale: 'zh-CN' });
  /** The number, or the reason why there is none, in a visit of its own. */
  async function outcomeOf(bench: Kiosk, phone?: string): Promise<string> {
    await visit(bench);
    const taken = bench.core.queue.take({ item: seniorAllowance, ...(phone !== undefined && { phone }) });
    return taken.then(({ number }) => number).catch(({ data }: { data: { reason: string } }) => data.reason);
  }
  const stateOf = async (bench: Kiosk) => (await bench.core.queue.state())[0];

  /** What is in the kiosk's file, as another program reads it. */
  function stored(bench: Kiosk) {
    const store = new Sqlite(join(bench.dataDir, 'kiosk.db'), { readonly: true });
    const tickets = store.prepare('SELECT number, item_code, state FROM queue_ticket ORDER BY rowid').all();
    const jobs = store
      .prepare(
        'SELECT number, outcome, reason FROM ticket_print_job JOIN queue_ticket ON queue_ticket.id = ticket_id ORDER BY ticket_print_job.rowid',
      )
      .all();
    store.close();
    return { tickets, jobs };
  }

  describe('a queue number', () => {
    it('is on the disk when its paper begins, with a job for the paper', async () => {
      const bench = await startLeased();
      await visit(bench);
      const whenPrinted = new Promise<ReturnType<typeof stored>>((resolve) => {
        bench.devices.printed.push = (...documents) => {
          resolve(stored(bench));
          return Array.prototype.push.apply(bench.devices.printed, documents);
        };
      });
      const answer = await take(bench);
      expect(answer).toEqual({
        number: 'A001',
        queueName: '综合受理',
        windows: '1 – 4 号',
        takenAt: '2026-11-22T09:30:00+08:00',
        paper: { outcome: 'printed' },
      });
      expect(await whenPrinted).toEqual({
        tickets: [{ number: 1, item_code: seniorAllowance, state: 'not-called' }],
        jobs: [{ number: 1, outcome: 'started', reason: null }],
      });
      expect(stored(bench).jobs).toEqual([{ number: 1, outcome: 'printed', reason: null }]);
      const paper = JSON.stringify(bench.devices.printed);
      for (const text of ['A001', '综合受理', '1 – 4 号', '261122-A001', '望岭县政务服务中心'])
        expect(paper).toContain(text);
    });

    it('counts without paper, and is printed again in the same visit', async () => {
      const bench = await startLeased();
      await visit(bench);
      bench.devices.printOutcome = { ok: false, reason: 'paper-out' };
      expect(await take(bench)).toMatchObject({ number: 'A001', paper: { outcome: 'failed', reason: 'paper-out' } });
      bench.devices.printOutcome = { ok: true, value: 'printed' };
      expect(await take(bench)).toMatchObject({ number: 'A001', paper: { outcome: 'printed' } });
      await bench.core.session.end({ cause: 'finished' });
      expect((await takeNumber(bench)).number).toBe('A002');
      expect(stored(bench).jobs).toMatchObject([{ outcome: 'failed' }, { outcome: 'printed' }, { outcome: 'printed' }]);
      await bench.log.until('core.delivered', 2, { step: 'queue-ticket' });
      expect((await hall.platform.received()).queueTickets).toMatchObject([{ number: 1 }, { number: 2 }]);
    });

    it('is refused by the rules of its queue, with the reason, and takes none of the numbers then', async () => {
      const admission = {
        phoneRequired: true,
        perPhone: 1,
        perDay: 3,
        cutOff: '10:00',
        whenFull: 'appointment',
      } as const;
      const bench = await start([{ ...oneQueue[0]!, admission }]);
      await bench.log.until('core.queue-leased', 2);
      expect(await outcomeOf(bench)).toBe('phone-required');
      expect(await outcomeOf(bench, '13800000001')).toBe('A001');
      expect(await outcomeOf(bench, '13800000001')).toBe('phone-limit');
      expect(await outcomeOf(bench, '13800000002')).toBe('A002');
      bench.stop();

      // Who took numbers is not kept; how many were taken is.
      const again = await start([{ ...oneQueue[0]!, admission }]);
      expect(await outcomeOf(again, '13800000003')).toBe('A003');
      expect(await outcomeOf(again, '13800000004')).toBe('appointment');
      hall.clock.advance(1_800_000);
      expect(await outcomeOf(again, '13800000005')).toBe('past-cut-off');
      again.stop();
      const store = readFileSync(join(again.dataDir, 'kiosk.db'));
      for (const phone of ['13800000001', '13800000003']) expect(store.includes(phone)).toBe(false);
    });

    it('needs a visit, an item of the catalogue and a queue for it', async () => {
      const bench = await start([{ prefix: 'B', name: '社保', windows: '5 号', items: ['another'] }]);
      await expect(take(bench)).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
      await visit(bench);
      await expect(bench.core.queue.take({ item: 'unknown' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
      await expect(take(bench)).rejects.toMatchObject({ code: 'NO_QUEUE' });
    });

    it('is of the queue that names the item, else of the one for the rest', () => {
      const own: QueueConfig = { prefix: 'B', name: '社保', windows: '5 号', items: ['x'] };
      expect(queueOf([...oneQueue, own], 'x')).toBe(own);
      expect(queueOf([...oneQueue, own], 'y')).toBe(oneQueue[0]);
      expect(queueOf([own], 'y')).toBeUndefined();
    });
  });

  describe('the numbers of a kiosk', () => {
    it('last without the platform as far as they were leased; then it says so, and goes on when the platform is back', async () => {
      const bench = await startLeased();
      await hall.platform.setFault({ kind: 'down' });
      hall.clock.advance(61_000);
      await bench.log.until('core.platform-changed', 1, { state: 'unreachable' });
      for (let n = 1; n <= QUEUE_LEASE_COUNT; n += 1) await takeNumber(bench);
      await expect(takeNumber(bench)).rejects.toMatchObject({ code: 'NO_NUMBERS', data: { reason: 'used-up' } });
      expect(await stateOf(bench)).toMatchObject({ queue: 'A', left: 0, why: 'used-up' });

      await hall.platform.setFault({ kind: 'none' });
      hall.clock.advance(6_000);
      await bench.log.until('core.queue-leased', 3);
      expect((await takeNumber(bench)).number).toBe(`A${QUEUE_LEASE_COUNT + 1}`);
    });

    it('are asked for before they run out', async () => {
      const bench = await startLeased();
      for (let n = 0; n < QUEUE_LEASE_COUNT - QUEUE_LOW_WATER; n += 1) await takeNumber(bench);
      expect((await hall.platform.received()).queueLeases).toHaveLength(2);
      await takeNumber(bench);
      await bench.log.until('core.queue-leased', 3);
      expect(await stateOf(bench)).toMatchObject({ left: QUEUE_LEASE_COUNT + QUEUE_LOW_WATER - 1 });
    });

    it('that were never leased are not made up', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const bench = await start();
      await expect(takeNumber(bench)).rejects.toMatchObject({ code: 'NO_NUMBERS', data: { reason: 'not-leased' } });
      expect(await stateOf(bench)).toMatchObject({ left: 0, why: 'not-leased' });
      expect(stored(bench).tickets).toEqual([]);
    });

    it('end with their day; those of the next day are there in a morning without the platform', async () => {
      const bench = await startLeased();
      expect((await takeNumber(bench)).number).toBe('A001');
      await hall.platform.setFault({ kind: 'down' });
      hall.clock.advance(24 * 3_600_000);
      await bench.log.until('core.platform-changed', 1, { state: 'unreachable' });
      expect(await takeNumber(bench)).toEqual({ day: '2026-11-23', number: 'A001' });
      hall.clock.advance(24 * 3_600_000);
      await expect(takeNumber(bench)).rejects.toMatchObject({ data: { reason: 'not-leased' } });
    });

    it('are the same ones when the answer to a lease was lost, also over a restart', async () => {
      let lost = 0;
      const losing: typeof globalThis.fetch = async (...request) => {
        const [to] = request;
        const answer = await globalThis.fetch(...request);
        const url = to instanceof Request ? to.url : String(to);
        if (!url.endsWith('/queue-leases')) return answer;
        await answer.body?.cancel();
        lost += 1;
        throw new TypeError('fetch failed');
      };
      const first = await hall.start({ config: { queues }, fetch: losing });
      await expect.poll(() => lost).toBe(1);
      first.stop();
      const bench = await startLeased();
      const leases = (await hall.platform.received()).queueLeases;
      expect(leases).toMatchObject([
        { day: '2026-11-22', first: 1 },
        { day: '2026-11-23', first: 1 },
      ]);
      expect((await takeNumber(bench)).number).toBe('A001');
    });

    /** Overwrites the first page of a table, as a failing disk does. */
    function damage(bench: Kiosk, table: string): void {
      const path = join(bench.dataDir, 'kiosk.db');
      const store = new Sqlite(path);
      const page = store
        .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
        .pluck()
        .get(table);
      store.close();
      if (page === undefined) throw new Error(`no table ${table}`);
      const bytes = readFileSync(path);
      bytes.fill(0xa5, (page - 1) * 4_096, page * 4_096);
      writeFileSync(path, bytes);
    }

    it('do not go on from what is left of a damaged store', async () => {
      const bench = await startLeased();
      expect((await takeNumber(bench)).number).toBe('A001');
      bench.stop();
      damage(bench, 'queue_ticket');
      const mended = await startLeased();
      expect(mended.log.count('core.store-set-aside')).toBe(1);
      expect((await takeNumber(mended)).number).toBe(`A${QUEUE_LEASE_COUNT + 1}`);
    });

    it('reach the platform also when a damaged store lost only what was to be sent', async () => {
      const bench = await startLeased();
      await hall.platform.setFault({ kind: 'down' });
      const given = [await takeNumber(bench), await takeNumber(bench)];
      bench.stop();
      damage(bench, 'kiosk_outbox');
      await hall.platform.setFault({ kind: 'none' });
      const mended = await start();
      await mended.log.until('core.delivered', 2, { step: 'queue-ticket' });
      expect(mended.log.count('core.store-set-aside')).toBe(1);
      expect((await hall.platform.received()).queueTickets).toMatchObject(
        given.map(({ day }, index) => ({ day, number: index + 1 })),
      );
    });

    it('are not asked about again at once when the platform refuses', async () => {
      const wrong = new ManualClock();
      wrong.advance(-3 * 24 * 3_600_000);
      const bench = await hall.start({ clock: wrong, config: { queues } });
      await bench.log.until('core.queue-lease-refused', 2, { reason: 'wrong-day' });
      for (let n = 0; n < 5; n += 1) await expect(takeNumber(bench)).rejects.toMatchObject({ code: 'NO_NUMBERS' });
      expect(bench.log.count('core.queue-lease-refused')).toBe(2);
      wrong.advance(QUEUE_LOOK_MS);
      await bench.log.until('core.queue-lease-refused', 4);
    });
  });
});
