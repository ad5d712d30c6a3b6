import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { cardOf, kioskClient, saidWho, type KioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines);

const { kioskId, hallCode } = caseExample;
const office = 'HALL-OFFICE';
const officer = { office, id: '1' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });

describe.each(platformEngines)('the windows of a hall on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let now: Date;
  let kiosk: KioskClient;
  let client: ReturnType<typeof officeClient>['queue'];
  const leases = new Map<string, { id: string; next: number }>();
  beforeEach(async () => {
    now = new Date('2026-11-22T02:00:00Z');
    stored = await start({ now: () => now });
    kiosk = kioskClient(stored.platform.url);
    client = officeClient(stored.platform.url).queue;
    leases.clear();
  });
  afterEach(() => stored.close());

  /** Somebody takes a ticket, a minute after the one before. */
  const take = async (queue = 'A', id: string = randomUUID()): Promise<string> => {
    const place = { kioskId, hallCode, queue, day: '2026-11-22' };
    let lease = leases.get(queue);
    if (!lease) {
      lease = { id: randomUUID(), next: 1 };
      leases.set(queue, lease);
      await kiosk.leaseQueueNumbers({ headers: headers(), body: { ...place, id: lease.id, count: 100 } });
    }
    now = new Date(now.getTime() + 60_000);
    const number = lease.next++;
    const body = {
      ...place,
      id,
      lease: lease.id,
      number,
      itemCode: 'ITEM',
      takenAt: now.toISOString(),
      state: 'not-called' as const,
    };
    await kiosk.submitQueueTicket({ headers: headers(), body });
    return id;
  };
  const at = (window: string) => ({ officer, hallCode, window });
  const open = (window: string, queues: string[], isOpen = true) =>
    client.setWindow({ headers: headers(), body: { ...at(window), open: isOpen, queues } });
  const next = (window: string, key = headers()) => client.callNext({ headers: key, body: at(window) });
  const numberOf = async (answer: ReturnType<typeof next>) => (await answer).at?.number;
  const does = (call: 'callAgain' | 'accept' | 'finish', window: string) =>
    client[call]({ headers: headers(), body: at(window) });
  const serve = async (window: string) => {
    const number = await numberOf(next(window));
    await does('accept', window);
    await does('finish', window);
    return number;
  };
  const waits = async () => (await kiosk.queueWaits({ kioskId, hallCode })).queues;

  it('call who waits longest of their queues, once for a request, and nobody else while somebody is there', async () => {
    for (const queue of ['A', 'B', 'A']) await take(queue);
    await expect(next('1')).rejects.toMatchObject(refusedFor('unknown-window'));
    expect(await open('1', ['A'])).toEqual({ waiting: 2 });
    await open('2', ['A', 'B']);
    const key = headers();
    const called = await next('1', key);
    expect(called).toEqual({
      at: { ticket: expect.any(String), number: 'A001', queue: 'A', itemCode: 'ITEM', calls: 1, priority: false },
      waiting: 1,
    });
    expect(await next('1', key)).toEqual(called);
    await expect(next('1')).rejects.toMatchObject(refusedFor('serving'));
    await expect(open('1', [], false)).rejects.toMatchObject(refusedFor('serving'));
    expect(await numberOf(next('2'))).toBe('B001');
    expect(await does('accept', '1')).toMatchObject({ at: { number: 'A001' } });
    await expect(does('accept', '1')).rejects.toMatchObject(refusedFor('not-from-here'));
    await expect(does('callAgain', '1')).rejects.toMatchObject(refusedFor('not-from-here'));
    expect(await does('finish', '1')).toEqual({ waiting: 1 });
    await expect(does('finish', '1')).rejects.toMatchObject(refusedFor('nobody-there'));
    await expect(does('finish', '2')).rejects.toMatchObject(refusedFor('not-from-here'));
    expect(await numberOf(next('1'))).toBe('A002');
    await does('accept', '1');
    await does('finish', '1');
    expect(await next('1')).toEqual({ waiting: 0 });
    await open('1', ['A'], false);
    await expect(next('1')).rejects.toMatchObject(refusedFor('closed'));
  });

  it('are each one office’s, and so are the rules of the hall', async () => {
    await open('1', ['A']);
    const stranger = { officer: { office: 'OTHER', id: '9' }, hallCode, window: '1' };
    for (const call of ['callNext', 'callAgain', 'accept', 'finish'] as const)
      await expect(client[call]({ headers: headers(), body: stranger })).rejects.toMatchObject(
        refusedFor('other-office'),
      );
    await expect(
      client.setWindow({ headers: headers(), body: { ...stranger, open: true, queues: [] } }),
    ).rejects.toMatchObject(refusedFor('other-office'));
    const rules = { priority: [], priorityRun: 1, handlingMinutes: { A: 4 } };
    const set = (by: string) =>
      client.setRules({ headers: headers(), body: { officer: { office: by, id: '1' }, hallCode, rules } });
    expect(await set(office)).toEqual({ rules });
    await expect(set('OTHER')).rejects.toMatchObject(refusedFor('other-office'));
  });

  it('call again who does not come, put them back behind the others, send them to another queue, or let them go', async () => {
    for (let tickets = 0; tickets < 3; tickets += 1) await take();
    await open('1', ['A']);
    await open('2', ['B']);
    await next('1');
    expect(await does('callAgain', '1')).toMatchObject({ at: { number: 'A001', calls: 2 } });
    const missed = (fate: 'put-back' | 'cancel') => client.missed({ headers: headers(), body: { ...at('1'), fate } });
    now = new Date(now.getTime() + 60_000);
    expect(await missed('put-back')).toEqual({ waiting: 3 });
    expect(await numberOf(next('1'))).toBe('A002');
    expect(await missed('cancel')).toEqual({ waiting: 2 });
    await take('B');
    expect(await numberOf(next('1'))).toBe('A003');
    // They were told the wrong queue, and have waited longer than those who are there.
    const moved = await client.transfer({ headers: headers(), body: { ...at('1'), to: 'B' } });
    expect(moved).toEqual({ waiting: 1 });
    expect(await next('2')).toMatchObject({ at: { number: 'A003', queue: 'B', calls: 1 }, waiting: 1 });
    await does('accept', '2');
    await expect(client.transfer({ headers: headers(), body: { ...at('2'), to: 'A' } })).rejects.toMatchObject(
      refusedFor('not-from-here'),
    );
    expect(await serve('1')).toBe('A001');
    expect(await next('1')).toEqual({ waiting: 0 });
  });

  it('call who checked in for an appointment first, and an ordinary ticket after two of them', async () => {
    for (let tickets = 0; tickets < 3; tickets += 1) await take();
    const slots = [1, 2, 3].map((index) => ({
      id: randomUUID(),
      item: `ITEM-${index}`,
      place: '1 号窗口',
      startsAt: `2026-11-22T02:${20 + index}:00Z`,
      endsAt: '2026-11-22T03:30:00Z',
      capacity: 1,
    }));
    await officeClient(stored.platform.url).appointments.publishSlots({
      headers: headers(),
      body: { officer, hallCode, slots },
    });
    for (const [index, idNumber] of ['990101198803092111', '990102195207163027', '990101196604123019'].entries()) {
      const who = await saidWho(kiosk, kioskId, cardOf('某人', idNumber));
      const { id: slot = '', item = '' } = slots[index] ?? {};
      const id = randomUUID();
      await kiosk.bookAppointment({ headers: { ...headers(), ...who }, body: { kioskId, id, slot, item } });
      const ticket = randomUUID();
      await kiosk.checkIn({ headers: { ...headers(), ...who }, body: { kioskId, id, hallCode, ticket } });
      await take('A', ticket);
    }
    await open('1', ['A']);
    const order = [];
    for (let calls = 0; calls < 6; calls += 1) order.push(await serve('1'));
    expect(order).toEqual(['A004', 'A005', 'A001', 'A006', 'A002', 'A003']);
  });

  it('tell kiosks how many wait and how long it takes, as a range', async () => {
    expect(await waits()).toEqual([]);
    const rules = { priority: [], priorityRun: 1, handlingMinutes: { A: 9 } };
    await client.setRules({ headers: headers(), body: { officer, hallCode, rules } });
    for (const queue of ['A', 'A', 'A', 'A', 'B']) await take(queue);
    await open('1', ['A']);
    await open('2', ['A'], false);
    // Four before a newcomer and one window that is free: the fourth end, two of its steps (9 minutes) to both sides.
    expect(await waits()).toEqual([
      { queue: 'A', waiting: 4, ahead: 4, windows: 1, wait: { from: 15, to: 55 } },
      { queue: 'B', waiting: 1, ahead: 1, windows: 0 },
    ]);
    await next('1');
    await open('2', ['A', 'B']);
    await open('3', ['C']);
    expect(await waits()).toMatchObject([
      { queue: 'A', waiting: 3, windows: 2, called: 'A001' },
      { queue: 'B', waiting: 1, windows: 1 },
      { queue: 'C', waiting: 0, windows: 1, wait: { from: 0, to: 5 } },
    ]);
    // Yesterday is over.
    now = new Date('2026-11-23T02:00:00Z');
    expect((await waits()).map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
  });

  it('never get the same number, however many call at once', async () => {
    for (let tickets = 0; tickets < 12; tickets += 1) await take();
    const windows = Array.from({ length: 16 }, (_, index) => String(index + 1));
    for (const window of windows) await open(window, ['A']);
    const called = await Promise.all(windows.map((window) => numberOf(next(window))));
    const numbers = called.filter((number) => number !== undefined);
    expect(numbers.toSorted()).toEqual(
      Array.from({ length: 12 }, (_, index) => `A${String(index + 1).padStart(3, '0')}`),
    );
    expect(await waits()).toMatchObject([{ waiting: 0, windows: 16 }]);
  });
});
