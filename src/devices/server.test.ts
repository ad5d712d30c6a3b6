import { describe, expect, onTestFinished, test } from 'vitest';
import { openDeviceRoom } from '../../test/fixtures/device-room.ts';
import { memoryRecords } from '../../test/fixtures/memory-records.ts';
import type { ScanPageEvent } from '../contract/device-api.ts';
import type { SelfTestEvent } from '../contract/self-test.ts';
import type { ScanRequest } from '../domain/document-scan.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import { samplePage } from '../domain/sample-page.ts';
import type { DeviceRecords } from './device-records.ts';
import { Arrivals } from './driver-tools.ts';
import type {
  ByteLink,
  CueLamps,
  DocumentScanner,
  DriverModule,
  HttpLink,
  ProbeFailure,
  ReadCode,
  ScanEvent,
} from './driver.ts';

type Health = Result<undefined, ProbeFailure>;

/** Devices in the test's hands, one of each class that has no driver of its own here. */
class TestHall {
  health: Health | Promise<Health> = done();
  pages: readonly ScanEvent[] = [];
  codes: readonly ReadCode[] = [];
  readonly lit: string[] = [];
  scanLeft = false;
  readonly #persons = new Arrivals<'present' | 'gone'>();
  readonly #probe = () => Promise.resolve(this.health);
  readonly #reset = () => Promise.resolve();

  readonly #scanner: DocumentScanner = {
    probe: this.#probe,
    reset: this.#reset,
    capabilities: () =>
      Promise.resolve(done({ sources: ['platen'], colours: ['grey'], resolutions: [200, 300], duplex: false })),
    scan: (_, signal) => this.#scan(signal),
  };
  readonly #lamps: CueLamps = {
    slots: ['card', 'receipt'],
    probe: this.#probe,
    reset: this.#reset,
    light: async (slot, state) => {
      if (!this.#lamps.slots.includes(slot)) return refused('unknown-slot');
      this.lit.push(`${slot} ${state}`);
      return done();
    },
    watch: (signal) => this.#persons.until(signal),
  };

  readonly drivers: readonly DriverModule[] = [
    { name: 'scanner', class: 'document-scanner', profiles: ['only'], create: () => this.#scanner, simulate: never },
    { name: 'lamps', class: 'cue-lamps', profiles: ['only'], create: () => this.#lamps, simulate: never },
    {
      name: 'codes',
      class: 'code-reader',
      profiles: ['only'],
      create: () => ({ probe: this.#probe, reset: this.#reset, watch: (signal) => this.#codes(signal) }),
      simulate: never,
    },
  ];

  sense(person: 'present' | 'gone'): void {
    this.#persons.push(person);
  }

  async *#scan(signal: AbortSignal): AsyncGenerator<ScanEvent, void, undefined> {
    try {
      yield* this.pages;
      await left(signal);
    } finally {
      this.scanLeft = true;
    }
  }

  async *#codes(signal: AbortSignal): AsyncGenerator<ReadCode, void, undefined> {
    yield* this.codes;
    await left(signal);
  }
}

function never(): never {
  throw new Error('never simulated');
}

async function left(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
    if (signal.aborted) resolve();
  });
}

const byteLink = (): ByteLink => ({
  write: () => Promise.resolve(),
  onBytes: () => () => undefined,
  onClose: () => () => undefined,
  setBaudRate: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
const httpLink = (): HttpLink => ({
  authority: 'scanner.example',
  request: () => Promise.reject(new Error('nobody asks')),
  onClose: () => () => undefined,
  close: () => Promise.resolve(),
});

async function openHall(records?: DeviceRecords) {
  const hall = new TestHall();
  const config = (id: string, kind: 'document-scanner' | 'cue-lamps' | 'code-reader') =>
    ({ id, class: kind, driver: id, profile: 'only', link: { kind: 'simulated' } }) as const;
  const room = openDeviceRoom({
    devices: [config('scanner', 'document-scanner'), config('lamps', 'cue-lamps'), config('codes', 'code-reader')],
    drivers: hall.drivers,
    open: async (_, driver) => done(driver.class === 'document-scanner' ? httpLink() : byteLink()),
    ...(records ? { records } : {}),
  });
  onTestFinished(async () => {
    await room.stop();
    expect(room.bugs).toEqual([]);
  });
  return { hall, room, client: room.client };
}

const request: ScanRequest = { source: 'platen', colour: 'grey', resolution: 200, duplex: false };
const page = (bytes: Uint8Array): ScanEvent => ({ kind: 'page', image: { type: 'image/whatever', bytes } });
const JPEG = samplePage(64, 64);

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

describe('document scanner', () => {
  test('says what it can do, and hands on its pages', async () => {
    const { hall, room, client } = await openHall();
    await room.until('scanner', ({ state }) => state === 'ready');
    expect(await client.documentScanner.capabilities()).toMatchObject({ ok: true, value: { resolutions: [200, 300] } });
    hall.pages = [page(JPEG), { kind: 'finished', pages: 1 }];
    const seen: ScanPageEvent[] = await all(await client.documentScanner.scan(request));
    expect(seen).toEqual([
      { kind: 'page', type: 'image/jpeg', image: Buffer.from(JPEG).toString('base64') },
      { kind: 'finished', pages: 1 },
    ]);
    const { uses } = await room.until('scanner', ({ uses: counted }) => counted.ok === 1);
    expect(uses).toEqual({ total: 2, ok: 1, failed: 0 });
  });

  test.each([
    ['larger than a page', new Uint8Array(6_000_001), 'page-too-large'],
    ['no picture', new TextEncoder().encode('<html>'), 'scanner-fault'],
    ['empty', new Uint8Array(), 'scanner-fault'],
  ])('a page that is %s is not handed on and cancels the job', async (_, bytes, reason) => {
    const { hall, room, client } = await openHall();
    await room.until('scanner', ({ state }) => state === 'ready');
    hall.pages = [page(bytes), page(JPEG)];
    expect(await all(await client.documentScanner.scan(request))).toEqual([{ kind: 'failed', reason }]);
    expect(hall.scanLeft).toBe(true);
  });
});

describe('code reader', () => {
  test('hands on codes as they were read, and leaves out what cannot be one', async () => {
    const { hall, room, client } = await openHall();
    await room.until('codes', ({ state }) => state === 'ready');
    const text = new TextEncoder().encode('MA-2026-0001');
    hall.codes = [
      { bytes: new Uint8Array(7_090) },
      { bytes: text, symbology: 'Q1' },
      { bytes: text, symbology: '<b>' },
    ];
    const codes = await client.codeReader.watch();
    const bytes = Buffer.from(text).toString('base64');
    expect((await codes.next()).value).toEqual({ bytes, symbology: 'Q1' });
    expect((await codes.next()).value).toEqual({ bytes });
    await codes.return(undefined);
    expect(room.lines).toContainEqual({ event: 'devices.use-failed', device: 'codes', reason: 'code-too-long' });
  });
});

describe('cue lamps', () => {
  test('a lamp can be lit while the sensor is watched, and without', async () => {
    const { hall, room, client } = await openHall();
    await room.until('lamps', ({ state }) => state === 'ready');
    const card = await client.cueLamps.light({ slot: 'card' });
    expect((await card.next()).value).toEqual({ ok: true });
    const presence = await client.cueLamps.presence();
    const receipt = await client.cueLamps.light({ slot: 'receipt' });
    expect((await receipt.next()).value).toEqual({ ok: true });
    const nowhere = await client.cueLamps.light({ slot: 'nowhere' });
    expect((await nowhere.next()).value).toEqual({ ok: false, reason: 'unknown-slot' });
    await nowhere.return(undefined);
    await receipt.return(undefined);
    await presence.return(undefined);
    expect(hall.lit).toEqual(['card on', 'receipt on', 'receipt off']);
    await card.return(undefined);
    expect(hall.lit).toEqual(['card on', 'receipt on', 'receipt off', 'card off']);
    await room.until('lamps', ({ state }) => state === 'ready');
  });

  test('everybody who watches the sensor sees who comes and goes', async () => {
    const { hall, room, client } = await openHall();
    await room.until('lamps', ({ state }) => state === 'ready');
    const [first, second] = [await client.cueLamps.presence(), await client.cueLamps.presence()];
    const seen = Promise.all([first.next(), second.next()]);
    await room.until('lamps', ({ state }) => state === 'busy');
    hall.sense('gone');
    expect((await seen).map(({ value }) => value)).toEqual([{ person: 'gone' }, { person: 'gone' }]);
    await first.return(undefined);
    const next = second.next();
    hall.sense('present');
    expect((await next).value).toEqual({ person: 'present' });
    await second.return(undefined);
  });

  test('a lamp that two want lit goes out with the last of them, and is lit anew by the next', async () => {
    const { hall, room, client } = await openHall();
    await room.until('lamps', ({ state }) => state === 'ready');
    const [first, second] = [
      await client.cueLamps.light({ slot: 'card' }),
      await client.cueLamps.light({ slot: 'card' }),
    ];
    await Promise.all([first.next(), second.next()]);
    await first.return(undefined);
    expect(hall.lit).not.toContain('card off');
    await second.return(undefined);
    expect(hall.lit.at(-1)).toBe('card off');
    const third = await client.cueLamps.light({ slot: 'card' });
    expect((await third.next()).value).toEqual({ ok: true });
    expect(hall.lit.at(-1)).toBe('card on');
    await third.return(undefined);
  });

  test('a lamp that is lit while the watched board is only looked at waits, and does not end the watch', async () => {
    const { hall, room, client } = await openHall();
    await room.until('lamps', ({ state }) => state === 'ready');
    await client.devices.disable({ id: 'lamps', reason: 'cleaned' });
    const presence = await client.cueLamps.presence();
    const first = presence.next();
    const look = Promise.withResolvers<Health>();
    hall.health = look.promise;
    await client.devices.enable({ id: 'lamps' });
    await room.until('lamps', ({ state }) => state === 'probing');
    const lamp = await client.cueLamps.light({ slot: 'card' });
    const lit = lamp.next();
    look.resolve(done());
    expect((await lit).value).toEqual({ ok: true });
    hall.sense('present');
    expect(await first).toEqual({ done: false, value: { person: 'present' } });
    await lamp.return(undefined);
    await presence.return(undefined);
  });
});

describe('closing a device', () => {
  test('a closed device is not used, says why, and is still closed after a restart', async () => {
    const records = memoryRecords();
    const { room, client } = await openHall(records);
    await room.until('lamps', ({ state }) => state === 'ready');
    await client.devices.disable({ id: 'lamps', reason: 'smells-burnt' });
    expect(await room.until('lamps', ({ state }) => state === 'disabled')).toMatchObject({ reason: 'smells-burnt' });
    const dark = await client.cueLamps.light({ slot: 'card' });
    expect((await dark.next()).value).toEqual({ ok: false, reason: 'absent' });
    await dark.return(undefined);
    await room.stop();

    const next = await openHall(records);
    await next.room.until('codes', ({ state }) => state === 'ready');
    expect((await next.client.devices.list()).find(({ id }) => id === 'lamps')).toMatchObject({ state: 'disabled' });
    await next.client.devices.enable({ id: 'lamps' });
    await next.room.until('lamps', ({ state }) => state === 'ready');
    const lit = await next.client.cueLamps.light({ slot: 'card' });
    expect((await lit.next()).value).toEqual({ ok: true });
    await lit.return(undefined);
  });

  test('a device that is not configured cannot be closed', async () => {
    const { client } = await openHall();
    await expect(client.devices.disable({ id: 'toaster', reason: 'why-not' })).rejects.toMatchObject({
      code: 'UNKNOWN_DEVICE',
    });
  });
});

describe('self-test', () => {
  const endOf = (events: readonly SelfTestEvent[], device: string) =>
    events.flatMap((event) => (event.kind === 'ended' && event.device === device ? event.result : []))[0];

  test('tries each step, tells of each, and leaves the device ready', async () => {
    const { hall, room, client } = await openHall();
    const events = await all(await client.devices.selfTestAll({ attended: false }));
    expect(endOf(events, 'lamps')).toMatchObject({
      verdict: 'passed',
      steps: [
        { step: 'line', outcome: 'passed' },
        { step: 'answer', outcome: 'passed' },
        { step: 'lamp', subject: 'card', outcome: 'passed' },
        { step: 'lamp', subject: 'receipt', outcome: 'passed' },
      ],
    });
    expect(endOf(events, 'scanner')?.steps.map(({ step }) => step)).toEqual(['line', 'answer', 'capabilities']);
    expect(hall.lit).toEqual(['card on', 'card off', 'receipt on', 'receipt off']);
    for (const id of ['lamps', 'scanner', 'codes']) await room.until(id, ({ state }) => state === 'ready');
  });

  test('attended, a person is asked, and what comes counts', async () => {
    const { hall, client } = await openHall();
    hall.codes = [{ bytes: Uint8Array.of(0x31) }];
    const events = await all(await client.devices.selfTest({ id: 'codes', attended: true }));
    expect(events).toContainEqual({ kind: 'step', device: 'codes', step: 'code', attended: true });
    expect(endOf(events, 'codes')).toMatchObject({ verdict: 'passed', attended: true });
  });

  test('a device that fails is closed with the reason, and opened again by a test that it passes', async () => {
    const { hall, room, client } = await openHall();
    await room.until('codes', ({ state }) => state === 'ready');
    hall.health = refused('self-test-failed');
    const failed = await all(await client.devices.selfTest({ id: 'codes', attended: false }));
    expect(endOf(failed, 'codes')).toMatchObject({ verdict: 'failed', reason: 'self-test-failed' });
    await room.until('codes', ({ state, reason }) => state === 'disabled' && reason === 'self-test-failed');
    expect(await all(await client.devices.selfTest({ id: 'codes', attended: false }))).toHaveLength(5);
    expect((await client.devices.list()).find(({ id }) => id === 'codes')).toMatchObject({ state: 'disabled' });

    hall.health = done();
    const passed = await all(await client.devices.selfTest({ id: 'codes', attended: false }));
    expect(endOf(passed, 'codes')).toMatchObject({ verdict: 'passed' });
    await room.until('codes', ({ state, lastTest }) => state === 'ready' && lastTest?.verdict === 'passed');
  });

  test('its result is still known after a restart', async () => {
    const records = memoryRecords();
    const { hall, room, client } = await openHall(records);
    hall.health = refused('no-answer');
    const ended = endOf(await all(await client.devices.selfTest({ id: 'codes', attended: false })), 'codes');
    await room.stop();
    const next = await openHall(records);
    expect((await next.client.devices.list()).find(({ id }) => id === 'codes')).toMatchObject({
      state: 'disabled',
      reason: 'no-answer',
      lastTest: { verdict: 'failed', reason: 'no-answer', attended: false, endedAt: ended?.endedAt },
    });
  });

  test('what staff closed, a passed test leaves closed', async () => {
    const { room, client } = await openHall();
    await room.until('codes', ({ state }) => state === 'ready');
    await client.devices.disable({ id: 'codes', reason: 'by-staff' });
    const events = await all(await client.devices.selfTest({ id: 'codes', attended: false }));
    expect(endOf(events, 'codes')).toMatchObject({ verdict: 'passed' });
    expect((await client.devices.list()).find(({ id }) => id === 'codes')).toMatchObject({ state: 'disabled' });
  });
});
