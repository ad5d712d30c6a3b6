import { describe, expect, onTestFinished, test } from 'vitest';
import { openDeviceRoom } from '../../../test/fixtures/device-room.ts';
import { LinkPair } from '../../../test/fixtures/link-pair.ts';
import { systemClock } from '../../contract/clock.ts';
import type { ReadEvent } from '../../contract/device-api.ts';
import type { Simulator } from '../driver.ts';
import type { PhotoDecoder } from '../photo-decoder.ts';
import { drivers } from '../registry.ts';
import { done } from '../../domain/result.ts';

/** A card reader in this program behind the whole device room. */
async function readerRoom(photos?: PhotoDecoder) {
  const driver = drivers.find((one) => one.class === 'id-reader') ?? expect.unreachable();
  if (driver.class !== 'id-reader') throw new Error('no card reader');
  const profile = driver.profiles[0] ?? expect.unreachable();
  const plugged: { simulator?: Simulator } = {};
  const room = openDeviceRoom({
    devices: [{ id: 'reader', class: 'id-reader', driver: driver.name, profile, link: { kind: 'simulated' } }],
    drivers,
    open: async () => {
      const link = new LinkPair();
      const send = (bytes: Uint8Array): void => link.fromDevice(bytes);
      const simulator = driver.simulate(profile, { clock: systemClock, send, onEvent: () => undefined });
      link.device = (bytes) => simulator.receive(bytes);
      plugged.simulator = simulator;
      return done(link);
    },
    ...(photos ? { photos } : {}),
  });
  onTestFinished(() => room.stop());
  await room.until('reader', ({ state }) => state === 'ready');
  const act = (action: Readonly<Record<string, unknown>>): void => plugged.simulator?.act(action);
  const read = async (): Promise<ReadEvent[]> => {
    const events: ReadEvent[] = [];
    for await (const event of await room.client.idReader.read()) events.push(event);
    return events;
  };
  return { ...room, act, read };
}

const kindsOf = (events: readonly ReadEvent[]): string[] => events.map(({ kind }) => kind);

test('a person is told before the newest address, and it counts as one good use', async () => {
  const { act, read, supervisor } = await readerRoom();
  act({ card: 'sun-moved' });
  expect(kindsOf(await read())).toEqual(['waiting', 'reading', 'read', 'address']);
  expect(supervisor.list()[0]).toMatchObject({ state: 'ready', uses: { total: 1, ok: 1, failed: 0 } });
});

describe('photos', () => {
  test('are decoded where somebody has plugged in how, and overwritten afterwards', async () => {
    const given: Uint8Array[] = [];
    const { act, read } = await readerRoom({
      decode: async (wlt) => {
        given.push(wlt);
        return { type: 'image/png', bytes: wlt.slice(0, 3) };
      },
    });
    act({ card: 'zhang' });
    const events = await read();
    expect(events.at(-1)).toEqual({ kind: 'photo', type: 'image/png', image: Buffer.from('WWW').toString('base64') });
    expect(given).toEqual([new Uint8Array(1_024)]);
  });

  test.each<[string, PhotoDecoder['decode'], number]>([
    ['knows no way', () => Promise.resolve(undefined), 0],
    ['has a bug', () => Promise.reject(new TypeError('a vendor library')), 1],
  ])('a decoder that %s leaves the reading as it is', async (_, decode, told) => {
    const { act, read, bugs, lines, supervisor } = await readerRoom({ decode });
    act({ card: 'zhang' });
    expect(kindsOf(await read())).toEqual(['waiting', 'reading', 'read']);
    expect(bugs).toEqual([]);
    expect(lines.filter(({ event }) => event === 'devices.photo-not-decoded')).toHaveLength(told);
    expect(supervisor.list()[0]).toMatchObject({ state: 'ready', uses: { ok: 1, failed: 0 } });
  });
});

test('a card is watched until it is taken, which is no use of its own', async () => {
  const room = await readerRoom();
  const { act, read, client, supervisor } = room;
  act({ card: 'zhang' });
  await read();
  const told: string[] = [];
  for await (const { card } of await client.idReader.watchCard()) {
    told.push(card);
    act({ card: null });
  }
  expect(told).toEqual(['present', 'gone']);
  await room.until('reader', ({ state }) => state === 'ready');
  expect(supervisor.list()[0]?.uses.total).toBe(1);
});

test('a new reading takes the reader over from whoever watches a card', async () => {
  const { act, read, client } = await readerRoom();
  act({ card: 'zhang' });
  await read();
  const watching = await client.idReader.watchCard();
  expect((await watching.next()).value).toEqual({ card: 'present' });
  const reading = read();
  expect((await watching.next()).done).toBe(true);
  act({ card: 'li' });
  expect(kindsOf(await reading)).toEqual(['waiting', 'reading', 'read']);
});

test('a self-test tells the serial number of the reader', async () => {
  const { client } = await readerRoom();
  const steps: unknown[] = [];
  for await (const event of await client.devices.selfTest({ id: 'reader', attended: false }))
    if (event.kind === 'ended') steps.push(...event.result.steps);
  expect(steps).toContainEqual({
    step: 'serial-number',
    subject: '05.01-20160102-0000012345-0000067890',
    outcome: 'passed',
  });
});
