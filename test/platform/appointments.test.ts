import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfferedSlot } from '../../src/contract/office/appointments.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { CHECK_IN_BEFORE_MS } from '../../src/platform/limits.ts';
import { cardOf, kioskClient, saidWho, type KioskClient } from '../fixtures/kiosk-client.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

afterAll(closeEngines);

const { kioskId, hallCode, applicant } = caseExample;
const item = 'ITEM-1';
const officer = { office: '11990101MB0000043K', id: '1' };
const zhang = cardOf('张宁', '990101198803092111');
/** Who handed the case of the examples in. */
const sender = cardOf(applicant.name, applicant.idNumber);
const people = ['990101198803092111', '990102195207163027', '990101196604123019', '990101197809234024'];
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });

describe.each(platformEngines)('appointments on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let now: Date;
  let kiosk: KioskClient;
  let office: ReturnType<typeof officeClient>;
  beforeEach(async () => {
    now = new Date('2026-11-22T02:00:00Z');
    stored = await start({ now: () => now });
    kiosk = kioskClient(stored.platform.url);
    office = officeClient(stored.platform.url);
  });
  afterEach(() => stored.close());

  const offer = async (startsAt: string, change: Partial<OfferedSlot> = {}, by = officer): Promise<string> => {
    const endsAt = new Date(Date.parse(startsAt) + 30 * 60_000).toISOString();
    const slot = { id: randomUUID(), item, place: '3 号窗口', startsAt, endsAt, capacity: 1, ...change };
    await office.appointments.publishSlots({ headers: headers(), body: { officer: by, hallCode, slots: [slot] } });
    return slot.id;
  };
  const free = async (forItem = item, from = '2026-11-22', to = '2026-11-30') =>
    (await kiosk.appointmentSlots({ kioskId, hallCode, item: forItem, from, to })).slots;
  const who = (reading = zhang) => saidWho(kiosk, kioskId, reading);
  const book = async (slot: string, change: object = {}, reading = zhang, key = headers()) =>
    kiosk.bookAppointment({
      headers: { ...key, ...(await who(reading)) },
      body: { kioskId, id: randomUUID(), slot, item, ...change },
    });
  const rebook = async (id: string, slot: string, reading = zhang) =>
    kiosk.changeAppointment({ headers: { ...headers(), ...(await who(reading)) }, body: { kioskId, id, slot } });
  const cancel = async (id: string, reading = zhang, key = headers()) =>
    kiosk.cancelAppointment({ headers: { ...key, ...(await who(reading)) }, body: { kioskId, id } });
  const checkIn = async (id: string, ticket: string = randomUUID(), hall = hallCode, reading = zhang) =>
    kiosk.checkIn({
      headers: { ...headers(), ...(await who(reading)) },
      body: { kioskId, id, hallCode: hall, ticket },
    });
  const mine = async (reading = zhang) =>
    (await kiosk.myAppointments({ headers: await who(reading), body: { kioskId } })).appointments;

  it('are at times that an office offers, as many as can come, and shown only while they can be booked', async () => {
    const early = await offer('2026-11-23T01:00:00Z', { capacity: 2 });
    const any = await offer('2026-11-24T01:00:00Z', { item: undefined });
    await offer('2026-11-22T01:30:00Z');
    await offer('2026-11-25T01:00:00Z', { item: 'OTHER' });
    expect(await free()).toEqual([
      {
        id: early,
        startsAt: '2026-11-23T01:00:00.000Z',
        endsAt: '2026-11-23T01:30:00.000Z',
        place: '3 号窗口',
        left: 2,
      },
      expect.objectContaining({ id: any, left: 1 }),
    ]);
    expect((await free('OTHER')).map(({ startsAt }) => startsAt.slice(0, 10))).toEqual(['2026-11-24', '2026-11-25']);
    expect(await free(item, '2026-11-24', '2026-11-24')).toMatchObject([{ id: any }]);
    expect(await free(item, '2026-11-26', '2026-11-27')).toEqual([]);
    const slot = { id: early, place: 'x', startsAt: '2026-11-23T01:00:00Z', endsAt: '2026-11-23T01:30:00Z' };
    const publish = (change: Partial<OfferedSlot>, by = officer) =>
      office.appointments.publishSlots({
        headers: headers(),
        body: { officer: by, hallCode, slots: [{ ...slot, capacity: 5, ...change }] },
      });
    await expect(publish({ endsAt: slot.startsAt })).rejects.toMatchObject({
      data: { reason: 'ends-before-start', detail: early },
    });
    await expect(publish({}, { office: 'OTHER', id: '1' })).rejects.toMatchObject({ data: { reason: 'other-office' } });
    await book(early);
    await expect(publish({ capacity: 0 })).rejects.toMatchObject({ data: { reason: 'capacity-too-small' } });
    await publish({ capacity: 1 });
    expect((await free()).map(({ id }) => id)).toEqual([any]);
  });

  it('are booked once, however often the request comes, and refused twice for one person', async () => {
    const slot = await offer('2026-11-23T01:00:00Z', { capacity: 5 });
    const beside = await offer('2026-11-23T01:15:00Z', { item: undefined, capacity: 5 });
    const later = await offer('2026-11-24T01:00:00Z');
    const key = headers();
    const body = { id: randomUUID() };
    const booked = await book(slot, body, zhang, key);
    expect(booked).toMatchObject({ ...body, item, hallCode, place: '3 号窗口', state: 'booked' });
    // The same request, with a newer token; and the same appointment under another key.
    now = new Date(now.getTime() + 60_000);
    expect(await book(slot, body, zhang, key)).toEqual(booked);
    expect(await book(slot, body)).toEqual(booked);
    expect(await free()).toMatchObject([{ id: slot, left: 4 }, { id: beside }, { id: later }]);
    await expect(book(slot, { ...body, item: 'X' })).rejects.toMatchObject(refusedFor('content-differs'));
    await expect(book(slot, body, sender)).rejects.toMatchObject(refusedFor('content-differs'));
    await expect(book(slot)).rejects.toMatchObject(refusedFor('booked-already'));
    await expect(book(later)).rejects.toMatchObject(refusedFor('booked-already'));
    await expect(book(beside, { item: 'X' })).rejects.toMatchObject(refusedFor('booked-already'));
    await book(later, {}, sender);
    await expect(book(later, {}, cardOf('李秀兰', '990102195207163027'))).rejects.toMatchObject(
      refusedFor('slot-full'),
    );
    await expect(book(randomUUID())).rejects.toMatchObject(refusedFor('unknown-slot'));
    await expect(book(later, { item: 'X' }, sender)).rejects.toMatchObject(refusedFor('unknown-slot'));
    await expect(
      kiosk.bookAppointment({ headers: headers(), body: { kioskId, id: randomUUID(), slot, item } }),
    ).rejects.toMatchObject({ code: 'IDENTITY_NEEDED' });
    now = new Date('2026-11-23T01:00:00Z');
    await expect(book(slot, {}, sender)).rejects.toMatchObject(refusedFor('slot-over'));
  });

  it('are changed and cancelled by who booked them, and give their time back', async () => {
    const [one, two] = [await offer('2026-11-23T01:00:00Z'), await offer('2026-11-24T01:00:00Z')];
    const { id } = await book(one);
    await expect(rebook(id, two, sender)).rejects.toMatchObject(refusedFor('unknown-appointment'));
    await expect(rebook(id, randomUUID())).rejects.toMatchObject(refusedFor('unknown-slot'));
    expect(await rebook(id, two)).toMatchObject({ id, startsAt: '2026-11-24T01:00:00.000Z' });
    expect(await rebook(id, two)).toMatchObject({ id, startsAt: '2026-11-24T01:00:00.000Z' });
    expect(await free()).toMatchObject([{ id: one, left: 1 }]);
    const other = await book(one, {}, sender);
    await expect(rebook(id, one)).rejects.toMatchObject(refusedFor('slot-full'));
    await expect(cancel(id, sender)).rejects.toMatchObject(refusedFor('unknown-appointment'));
    const key = headers();
    const cancelled = await cancel(id, zhang, key);
    expect(cancelled).toMatchObject({ id, state: 'cancelled' });
    expect(await cancel(id, zhang, key)).toEqual(cancelled);
    await expect(cancel(id)).rejects.toMatchObject(refusedFor('not-open'));
    await expect(rebook(id, two)).rejects.toMatchObject(refusedFor('not-open'));
    expect(await free()).toMatchObject([{ id: two, left: 1 }]);
    expect(await mine()).toMatchObject([{ id, state: 'cancelled' }]);
    // Nobody came.
    now = new Date('2026-11-23T01:30:00Z');
    expect(await mine(sender)).toMatchObject([{ id: other.id, state: 'missed' }]);
    await expect(cancel(other.id, sender)).rejects.toMatchObject(refusedFor('not-open'));
    const day = await office.appointments.day({ hallCode, day: '2026-11-23' });
    expect(day).toEqual({
      appointments: [{ id: other.id, item, startsAt: '2026-11-23T01:00:00.000Z', place: '3 号窗口', state: 'missed' }],
    });
  });

  it('about a case are told to whoever asks after it', async () => {
    const [one, two] = [await offer('2026-11-23T01:00:00Z'), await offer('2026-11-24T01:00:00Z')];
    await kiosk.submitCase({ headers: headers(), body: caseExample });
    const caseId = caseExample.id;
    await expect(book(one, { caseId })).rejects.toMatchObject(refusedFor('unknown-case'));
    await expect(book(one, { caseId: randomUUID() }, sender)).rejects.toMatchObject(refusedFor('unknown-case'));
    const { id } = await book(one, { caseId }, sender);
    const told = async () => (await kiosk.progress({ number: caseExample.provisionalNumber })).appointment;
    expect(await told()).toEqual({ startsAt: '2026-11-23T01:00:00.000Z', place: '3 号窗口' });
    await rebook(id, two, sender);
    expect(await told()).toEqual({ startsAt: '2026-11-24T01:00:00.000Z', place: '3 号窗口' });
    await cancel(id, sender);
    expect(await told()).toBeUndefined();
    const { changes } = await kiosk.changes({ kioskId, after: '' });
    expect(changes.map(({ kind }) => kind)).toEqual(['appointment', 'appointment', 'appointment']);
  });

  it('are checked in for at their hall and time, for one ticket', async () => {
    const { id } = await book(await offer('2026-11-22T04:00:00Z'));
    const ticket = randomUUID();
    await expect(checkIn(id, ticket)).rejects.toMatchObject(refusedFor('too-early'));
    now = new Date(Date.parse('2026-11-22T04:00:00Z') - CHECK_IN_BEFORE_MS);
    await expect(checkIn(id, ticket, '990102')).rejects.toMatchObject(refusedFor('other-hall'));
    await expect(checkIn(id, ticket, hallCode, sender)).rejects.toMatchObject(refusedFor('unknown-appointment'));
    expect(await checkIn(id, randomUUID())).toMatchObject({ id, state: 'checked-in' });
    // That kiosk broke down before it gave a ticket.
    expect(await checkIn(id, ticket)).toMatchObject({ id, state: 'checked-in' });
    const lease = randomUUID();
    const place = { kioskId, hallCode, queue: 'A', day: '2026-11-22' };
    const { first } = await kiosk.leaseQueueNumbers({ headers: headers(), body: { ...place, id: lease, count: 5 } });
    const taken = { itemCode: item, takenAt: now.toISOString(), state: 'not-called' as const };
    await kiosk.submitQueueTicket({
      headers: headers(),
      body: { ...place, id: ticket, lease, number: first, ...taken },
    });
    expect(await checkIn(id, ticket)).toMatchObject({ state: 'checked-in' });
    await expect(checkIn(id)).rejects.toMatchObject(refusedFor('ticket-given'));
    await expect(cancel(id)).rejects.toMatchObject(refusedFor('not-open'));
    const late = await book(await offer('2026-11-22T06:00:00Z'));
    now = new Date('2026-11-22T06:30:00Z');
    await expect(checkIn(late.id)).rejects.toMatchObject(refusedFor('too-late'));
    const { id: gone } = await book(await offer('2026-11-23T06:00:00Z'));
    await cancel(gone);
    await expect(checkIn(gone)).rejects.toMatchObject(refusedFor('not-open'));
  });

  it('are never more than can come, and one of a kind for a person, however many book at once', async () => {
    const slot = await offer('2026-11-23T01:00:00Z', { capacity: 3 });
    const other = await offer('2026-11-24T01:00:00Z', { capacity: 9 });
    const crowd = people.flatMap((idNumber) =>
      [slot, slot, other].map((which) => ({ which, reading: cardOf('某人', idNumber) })),
    );
    const answers = await Promise.allSettled(crowd.map(({ which, reading }) => book(which, {}, reading)));
    const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.data?.reason] : []));
    expect(reasons.filter((reason) => reason !== 'booked-already' && reason !== 'slot-full')).toEqual([]);
    const { appointments } = await office.appointments.day({ hallCode, day: '2026-11-23' });
    expect(appointments.length).toBeLessThanOrEqual(3);
    const all = await Promise.all(people.map((idNumber) => mine(cardOf('某人', idNumber))));
    expect(all.map((theirs) => theirs.length)).toEqual([1, 1, 1, 1]);
    const left = (await free()).reduce((sum, one) => sum + one.left, 0);
    expect(left).toBe(12 - 4);
  });
});
