import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeEngines, sqlEngines } from '../../test/fixtures/sql-engines.ts';
import { receipt } from '../contract/platform-api.ts';
import { leaseExample, ticketExample } from '../contract/platform-examples.ts';
import { queueLease, type QueueLeaseRequest, type QueueTicketSubmission } from '../contract/queue-records.ts';
import { createPlatformStore, type PlatformStore } from './store.ts';

/** 09:00 in China. */
const at = new Date('2026-11-22T01:00:00Z');
const SERVER_START_MS = 60_000;
const ready = async (): Promise<void> => undefined;
const uuid = (index: number) => `019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}`;

afterAll(closeEngines);

describe.each(sqlEngines)('the numbers of queues on $name', ({ missing, create }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }

  let stores: PlatformStore[];
  beforeEach(async () => {
    const open = await create();
    const first = createPlatformStore(await open());
    // As two processes have it, where the engine has several.
    stores =
      missing === undefined && create === sqlEngines[1]?.create ? [first, createPlatformStore(await open())] : [first];
  }, SERVER_START_MS);
  afterEach(() => Promise.all(stores.map((store) => store.close())));

  const storeFor = (index: number): PlatformStore => {
    const store = stores[index % stores.length];
    if (!store) throw new Error('no store');
    return store;
  };
  const lease = (key: string, change: Partial<QueueLeaseRequest> = {}, index = 0) => {
    const request = { ...leaseExample, id: key, ...change };
    return storeFor(index).takeIn({ key, operation: 'queue-lease', content: request }, ready, queueLease, (records) =>
      records.leaseNumbers(request, at),
    );
  };
  const handIn = (key: string, change: Partial<QueueTicketSubmission> = {}) => {
    const ticket = { ...ticketExample, id: key, lease: uuid(1), ...change };
    return storeFor(0).takeIn({ key, operation: 'queue-ticket', content: ticket }, ready, receipt, (records) =>
      records.addTicket(ticket, at),
    );
  };

  it('are leased without overlap or gap to kiosks that ask at once', async () => {
    const counts = Array.from({ length: 30 }, (_, index) => 1 + ((index * 7) % 20));
    const leases = await Promise.all(
      counts.map((count, index) => lease(uuid(index + 1), { kioskId: `KSK${index % 4}`, count }, index)),
    );
    const given = leases.flatMap((each) =>
      each.ok ? Array.from({ length: each.value.last - each.value.first + 1 }, (_, n) => each.value.first + n) : [],
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  });

  it('count from 1 for each hall, day and queue', async () => {
    const answers = [
      await lease(uuid(1), { count: 5 }),
      await lease(uuid(2), { count: 5, queue: 'B' }),
      await lease(uuid(3), { count: 5, day: '2026-11-23' }),
      await lease(uuid(4), { count: 5, hallCode: '990102' }),
    ];
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: { first: 1, last: 5 } })));
    expect(await lease(uuid(5), { count: 5 })).toEqual({ ok: true, value: { first: 6, last: 10 } });
  });

  it('are the same ones when a request comes again, by its key or by its id alone', async () => {
    const first = await lease(uuid(1));
    await lease(uuid(2));
    expect(await lease(uuid(1))).toEqual(first);
    const again = { ...leaseExample, id: uuid(1) };
    const byId = await storeFor(0).takeIn(
      { key: uuid(9), operation: 'queue-lease', content: again },
      ready,
      queueLease,
      (records) => records.leaseNumbers(again, at),
    );
    expect(byId).toEqual(first);
    expect(await lease(uuid(1), { count: 7 })).toEqual({ ok: false, reason: 'key-reused' });
  });

  it('are leased for today and tomorrow in China, and no other day', async () => {
    for (const day of ['2026-11-21', '2026-11-24', '2025-11-22'])
      expect([day, await lease(uuid(1), { day })]).toEqual([day, { ok: false, reason: 'wrong-day' }]);
    expect((await lease(uuid(1), { day: '2026-11-23' })).ok).toBe(true);
  });

  it('come back on tickets of the kiosk that has them, each once', async () => {
    await lease(uuid(1));
    await lease(uuid(2), { kioskId: 'KSK2' });
    expect(await handIn(uuid(11))).toEqual({ ok: true, value: { receivedAt: at.toISOString() } });
    expect(await handIn(uuid(11))).toEqual({ ok: true, value: { receivedAt: at.toISOString() } });
    expect(await handIn(uuid(12))).toEqual({ ok: false, reason: 'number-taken' });
    const foreign = [
      { number: 61 },
      { kioskId: 'KSK2' },
      { lease: uuid(2) },
      { lease: uuid(3) },
      { queue: 'B' },
      { day: '2026-11-23' },
      { hallCode: '990102' },
    ];
    for (const change of foreign)
      expect([change, await handIn(uuid(13), change)]).toEqual([change, { ok: false, reason: 'number-not-leased' }]);
    const { queueTickets } = await storeFor(1).received();
    expect(queueTickets.map(({ id, number }) => ({ id, number }))).toEqual([{ id: uuid(11), number: 12 }]);
  });
});
