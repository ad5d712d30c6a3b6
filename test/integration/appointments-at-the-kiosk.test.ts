import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import en from '../../resources/messages/appointment.en.json' with { type: 'json' };
import zh from '../../resources/messages/appointment.zh-CN.json' with { type: 'json' };
import { appointmentProblem } from '../../src/contract/appointment-api.ts';
import { adapters } from '../fixtures/adapters.ts';
import { ManualClock, seniorAllowance, signIn } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { oneQueue } from '../fixtures/queue-bench.ts';

const item = seniorAllowance;
const hallCode = '990101';
const officer = { office: '11990101MB00000193', id: '1' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const days = { from: '2026-11-22', to: '2026-11-30' };
const refused = (reason: string) => ({ code: 'REFUSED', data: { reason } });

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall<ManualClock>;
  let bench: Kiosk;
  /** The next answer of a call on this path is lost on its way. */
  let losing: string | undefined;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
    losing = undefined;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const answer = await globalThis.fetch(input, init);
      if (losing === undefined || !new URL(input instanceof Request ? input.url : input).pathname.endsWith(losing))
        return answer;
      losing = undefined;
      throw new TypeError('the line broke');
    };
    bench = await hall.start({ config: { queues: [...oneQueue] }, fetch });
    await bench.log.until('core.queue-leased', 2);
  });
  afterEach(() => hall.close());

  /** Offers a time so many minutes from now. */
  async function offer(minutes: number, capacity = 1): Promise<string> {
    const begins = hall.clock.now().getTime() + minutes * 60_000;
    const times = { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 1_800_000).toISOString() };
    const slot = { id: randomUUID(), item, place: '3 号窗口', capacity, ...times };
    await officeClient(hall.platform.url).appointments.publishSlots({
      headers: headers(),
      body: { officer, hallCode, slots: [slot] },
    });
    return slot.id;
  }
  const printedText = (): string => JSON.stringify(bench.devices.printed.at(-1));

  describe('appointments at the kiosk', () => {
    it('are found, booked, changed and cancelled by who laid their card; two at a time are refused', async () => {
      const [early, late] = [await offer(60), await offer(120)];
      const { appointment, session } = bench.core;
      await session.start({ locale: 'zh-CN' });
      await expect(appointment.mine()).rejects.toMatchObject({ code: 'WRONG_STEP' });
      await signIn(bench);
      expect((await appointment.slots({ item, ...days })).map(({ id }) => id)).toEqual([early, late]);
      await expect(appointment.slots({ item: 'NONE', ...days })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
      const booked = await appointment.book({ item, slot: early });
      expect(booked).toMatchObject({ item, hallCode, place: '3 号窗口', state: 'booked' });
      await expect(appointment.book({ item, slot: late })).rejects.toMatchObject(refused('booked-already'));
      await expect(appointment.book({ item, slot: randomUUID() })).rejects.toMatchObject(refused('unknown-slot'));
      expect((await appointment.slots({ item, ...days })).map(({ id }) => id)).toEqual([late]);
      const { id } = booked;
      expect(await appointment.change({ id, slot: late })).toMatchObject({ id, state: 'booked' });
      expect((await appointment.slots({ item, ...days })).map((slot) => slot.id)).toEqual([early]);
      expect(await appointment.mine()).toMatchObject([{ id, state: 'booked' }]);
      expect(await appointment.cancel({ id })).toMatchObject({ id, state: 'cancelled' });
      await expect(appointment.cancel({ id })).rejects.toMatchObject(refused('not-open'));
      await expect(appointment.cancel({ id: randomUUID() })).rejects.toMatchObject(refused('unknown-appointment'));
    });

    it('are booked once, also when the answer was lost and the person presses again', async () => {
      const slot = await offer(60, 5);
      await signIn(bench);
      losing = '/appointments/book';
      const { appointment } = bench.core;
      await expect(appointment.book({ item, slot })).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
      const { id } = await appointment.book({ item, slot });
      expect(await appointment.mine()).toMatchObject([{ id }]);
      expect(await appointment.slots({ item, ...days })).toMatchObject([{ left: 4 }]);
    });

    it('give a number with priority at check-in, on the disk, on paper and at the windows, and only one', async () => {
      const id = await (async () => {
        const slot = await offer(60);
        await signIn(bench);
        return (await bench.core.appointment.book({ item, slot })).id;
      })();
      await expect(bench.core.appointment.checkIn({ id })).rejects.toMatchObject(refused('too-early'));
      await bench.core.session.end({ cause: 'finished' });
      // Two others are before them by the time.
      for (let others = 0; others < 2; others += 1) {
        await bench.core.session.start({ locale: 'zh-CN' });
        await bench.core.queue.take({ item });
        await bench.core.session.end({ cause: 'finished' });
      }
      await bench.log.until('core.delivered', 2, { step: 'queue-ticket' });
      hall.clock.advance(31 * 60_000);
      await signIn(bench);
      // The first answer is lost: the ticket that was named stays the one.
      losing = '/appointments/check-in';
      await expect(bench.core.appointment.checkIn({ id })).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
      const ticket = await bench.core.appointment.checkIn({ id });
      expect(ticket).toMatchObject({ number: 'A003', priority: 'appointment', paper: { outcome: 'printed' } });
      // Pressed again: the same number on a further paper.
      expect(await bench.core.appointment.checkIn({ id })).toMatchObject({ number: 'A003' });
      expect(printedText()).toContain('优先：已预约');
      await bench.core.session.end({ cause: 'finished' });
      await bench.log.until('core.delivered', 3, { step: 'queue-ticket' });
      expect((await hall.platform.received()).queueTickets).toHaveLength(3);
      const { queue } = officeClient(hall.platform.url);
      const at = { officer, hallCode, window: '1' };
      await queue.setWindow({ headers: headers(), body: { ...at, open: true, queues: ['A'] } });
      expect(await queue.callNext({ headers: headers(), body: at })).toMatchObject({
        at: { number: 'A003', priority: true },
      });
      await signIn(bench);
      await expect(bench.core.appointment.checkIn({ id })).rejects.toMatchObject(refused('ticket-given'));
    });

    it('need the platform: without it each call says so, and nothing waits to be sent', async () => {
      await signIn(bench);
      await hall.platform.setFault({ kind: 'status', status: 503 });
      const { appointment } = bench.core;
      const id = randomUUID();
      const calls = [
        () => appointment.slots({ item, ...days }),
        () => appointment.mine(),
        () => appointment.book({ item, slot: id }),
        () => appointment.change({ id, slot: id }),
        () => appointment.cancel({ id }),
        () => appointment.checkIn({ id }),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
      expect(await bench.core.system.status()).toMatchObject({ waiting: 0 });
      await hall.platform.setFault({ kind: 'none' });
    });

    it('of a visit that ended meanwhile are told to nobody', async () => {
      await offer(60);
      await signIn(bench);
      const told = expect(bench.core.appointment.mine()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
      await bench.core.session.end({ cause: 'left' });
      await told;
    });

    it('have words for each refusal, and for when there is no platform', () => {
      for (const texts of [zh, en])
        expect(Object.keys(texts).toSorted()).toEqual(
          [
            'appointment.unreachable',
            ...appointmentProblem.options.map((one) => `appointment.refused.${one}`),
          ].toSorted(),
        );
    });
  });

  describe('the wait of a queue', () => {
    const at = (window: string) => ({ officer, hallCode, window });
    const openWindow = () =>
      officeClient(hall.platform.url).queue.setWindow({
        headers: headers(),
        body: { ...at('1'), open: true, queues: ['A'] },
      });
    const take = async (group?: 'elderly' | 'pregnant') => {
      const { core, log } = bench;
      await core.session.start({ locale: 'zh-CN' });
      const taken = await core.queue.take({ item, ...(group && { group }) });
      await core.session.end({ cause: 'finished' });
      await log.until('core.delivered', Number(taken.number.slice(1)), { step: 'queue-ticket' });
      return taken;
    };

    it('is on the ticket and in the answer: people ahead and a range of minutes, for a group by its own place', async () => {
      // Nobody serves the queue yet: how many wait is known, how long is not.
      const first = await take();
      expect(first).not.toHaveProperty('wait');
      await openWindow();
      expect(await take()).toMatchObject({ number: 'A002', ahead: 1, wait: { from: 0, to: 20 } });
      expect(printedText()).toContain('您前面还有 1 人等候');
      expect(printedText()).toContain('预计等候约 0 到 20 分钟');
      const elderly = await take('elderly');
      expect(elderly).toMatchObject({ number: 'A003', ahead: 0, priority: 'elderly' });
      expect(printedText()).toContain('优先：老年人');
      expect(await bench.core.queue.state()).toMatchObject([{ queue: 'A', ahead: 3, wait: { from: 10 } }]);
      const { queue } = officeClient(hall.platform.url);
      expect(await queue.callNext({ headers: headers(), body: at('1') })).toMatchObject({
        at: { number: 'A003', priority: true },
      });
      expect(await bench.core.queue.state()).toMatchObject([{ ahead: 2, called: 'A003' }]);
    });

    it('is left out without the platform, on paper too, and the number is given all the same', async () => {
      await openWindow();
      await hall.platform.setFault({ kind: 'status', status: 503 });
      await bench.core.session.start({ locale: 'zh-CN' });
      const taken = await bench.core.queue.take({ item, group: 'pregnant' });
      expect(taken).toMatchObject({ number: 'A001', priority: 'pregnant', paper: { outcome: 'printed' } });
      for (const part of ['ahead', 'wait']) expect(taken).not.toHaveProperty(part);
      expect(printedText()).toContain('优先：孕妇');
      expect(printedText()).not.toMatch(/等候约|前面/);
      const [view] = await bench.core.queue.state();
      expect(view).toMatchObject({ queue: 'A', left: 119 });
      for (const part of ['ahead', 'wait', 'called']) expect(view).not.toHaveProperty(part);
      await hall.platform.setFault({ kind: 'none' });
    });

    it('does not hold a number up: one that is not told in time is left out', async () => {
      await hall.platform.setFault({ kind: 'hang' });
      await bench.core.session.start({ locale: 'zh-CN' });
      const taking = bench.core.queue.take({ item });
      let isTaken = false;
      void taking.then(() => {
        isTaken = true;
      });
      await expect
        .poll(() => {
          hall.clock.advance(500);
          return isTaken;
        })
        .toBe(true);
      expect(await taking).not.toHaveProperty('ahead');
      await hall.platform.setFault({ kind: 'none' });
    });

    it('is asked before the number is given, and two presses are one number', async () => {
      await bench.core.session.start({ locale: 'zh-CN' });
      const numbers = await Promise.all([bench.core.queue.take({ item }), bench.core.queue.take({ item })]);
      expect(numbers.map(({ number }) => number)).toEqual(['A001', 'A001']);
    });
  });
});
