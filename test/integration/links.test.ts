import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig, HidFramingConfig } from '../../src/contract/config.ts';
import { createEventLog } from '../../src/contract/log.ts';
import type { ByteLink, DeviceLink, DriverModule, HttpLink, HttpRequest } from '../../src/devices/driver.ts';
import { LinkClosed } from '../../src/devices/driver.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { simulateBehindHid } from '../../src/devices/simulated-hid.ts';
import { SimulatorHost } from '../../src/devices/simulator-host.ts';
import { hidFramingOf } from '../../src/devices/transports/hid-framing.ts';
import { HidLink } from '../../src/devices/transports/hid.ts';

const printer = { class: 'ticket-printer', driver: 'escpos-printer', profile: '80mm-gs-h' } as const;
const reader = { class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200' } as const;
const scanner = { class: 'document-scanner', driver: 'echo-scanner', profile: 'any' } as const;

/** A service that says what it was asked, for links of services whatever they carry. */
const echoScanner: DriverModule = {
  name: 'echo-scanner',
  class: 'document-scanner',
  profiles: ['any'],
  create: () => {
    throw new Error('only simulated here');
  },
  simulate: (_, { onEvent }) => {
    const state = { broken: false };
    return {
      act: (action) => (state.broken = action['broken'] === true),
      stop: () => undefined,
      async respond({ method, path, body }: HttpRequest) {
        if (state.broken) throw new LinkClosed();
        onEvent({ event: 'asked', path });
        return { status: 200, headers: { 'x-asked': `${method} ${path}` }, body: parts(body) };
      },
    };
  },
};

async function* parts(body: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  yield Buffer.from('<');
  yield body ?? new Uint8Array();
  yield Buffer.from('>');
}

let directory: string;
let host: SimulatorHost;
let happened: Readonly<Record<string, unknown>>[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'links-'));
  happened = [];
  host = new SimulatorHost({
    drivers: [...drivers, echoScanner],
    directory,
    onEvent: (_, event) => happened.push(event),
  });
});
afterEach(async () => {
  await host.stop();
  await rm(directory, { recursive: true, force: true });
});

async function hosted(device: { driver: string; profile: string; carrier?: 'tcp' }): Promise<string> {
  const { driver, profile, carrier } = device;
  const added = await host.add({ id: 'device', driver, profile, ...(carrier ? { carrier } : {}) });
  if (!added.ok) throw new Error(`${added.reason} ${added.detail ?? ''}`);
  return added.value;
}

const silent = createEventLog(
  { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, fatal: () => {} },
  { strict: true },
);

/** Opens what a configuration says, as the device process does. */
function openAs(parts_: Pick<DeviceConfig, 'class' | 'driver' | 'profile' | 'address'>, link: DeviceConfig['link']) {
  const config: DeviceConfig = { id: 'device', ...parts_, link };
  const driver = [...drivers, echoScanner].find(({ name }) => name === config.driver);
  if (!driver) throw new Error(`no driver ${config.driver}`);
  return openLink(config, driver, {
    clock: systemClock,
    time: systemLineTime,
    ports: systemPorts([config], silent),
    lines: new SharedLines(),
    onSimulated: () => undefined,
  });
}

async function mustOpen(...args: Parameters<typeof openAs>): Promise<DeviceLink> {
  const opened = await openAs(...args);
  if (!opened.ok) throw new Error(`${opened.reason} ${opened.detail ?? ''}`);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

function driverOf<C extends 'ticket-printer' | 'id-reader'>(kind: C) {
  const found = drivers.find((driver) => driver.class === kind);
  if (found?.class !== kind) throw new Error(`no driver for ${kind}`);
  return found as Extract<DriverModule, { class: C }>;
}

describe('a printer at a network port', () => {
  const address = (where: string) => {
    const { hostname, port } = new URL(`tcp://${where}`);
    return { kind: 'tcp', host: hostname, port: Number(port) } as const;
  };
  const context = (link: ByteLink) => ({
    clock: systemClock,
    link,
    onCondition: () => undefined,
    onSupplies: () => undefined,
  });

  test('answers and prints', async () => {
    const where = await hosted({ ...printer, carrier: 'tcp' });
    const link = (await mustOpen(printer, address(where))) as ByteLink;
    const device = driverOf('ticket-printer').create(printer.profile, context(link));
    expect(await device.probe(new AbortController().signal)).toMatchObject({ ok: true });
    const document = [{ kind: 'text' as const, text: '受理回执' }, { kind: 'cut' as const }];
    const { signal } = new AbortController();
    expect(await device.print(document, signal, Promise.resolve(true))).toMatchObject({ ok: true, value: 'printed' });
    expect(happened).toContainEqual(expect.objectContaining({ event: 'printed' }));
  });

  test('switched off its link closes and nobody is there; switched on it is at the same address', async () => {
    const where = await hosted({ ...printer, carrier: 'tcp' });
    const link = (await mustOpen(printer, address(where))) as ByteLink;
    const closed = new Promise<void>((resolve) => link.onClose(resolve));
    await host.act('device', { unplug: true });
    await closed;
    expect(await openAs(printer, address(where))).toMatchObject({ ok: false, reason: 'port-missing' });
    await host.act('device', { plug: true });
    await mustOpen(printer, address(where));
  });
});

describe('a service over HTTP', () => {
  const ask = (link: HttpLink, path: string) =>
    link.request({ method: 'POST', path, body: Buffer.from('页') }, new AbortController().signal);

  test.each(['hosted', 'simulated'] as const)('%s answers in parts', async (way) => {
    const link =
      way === 'hosted' ? ({ kind: 'http', url: await hosted(scanner) } as const) : ({ kind: 'simulated' } as const);
    const service = (await mustOpen(scanner, link)) as HttpLink;
    const answer = await ask(service, '/scan?dpi=300');
    expect(answer).toMatchObject({ status: 200, headers: { 'x-asked': 'POST /scan?dpi=300' } });
    const received: Uint8Array[] = [];
    for await (const part of answer.body) received.push(part);
    expect(Buffer.concat(received).toString()).toBe('<页>');
  });

  test('a simulator that breaks the connection, and one that is switched off', async () => {
    const service = (await mustOpen(scanner, { kind: 'http', url: await hosted(scanner) })) as HttpLink;
    await host.act('device', { broken: true });
    await expect(ask(service, '/')).rejects.toThrow(LinkClosed);
    await host.act('device', { broken: false });
    expect(await ask(service, '/')).toMatchObject({ status: 200 });
    await host.act('device', { unplug: true });
    await expect(ask(service, '/')).rejects.toThrow(LinkClosed);
    await host.act('device', { plug: true });
    expect(await ask(service, '/')).toMatchObject({ status: 200 });
  });
});

test.each([
  [printer, { kind: 'http', url: 'http://127.0.0.1:1' }],
  [scanner, { kind: 'tcp', host: '127.0.0.1', port: 1 }],
  [scanner, { kind: 'serial', path: '/dev/ttyS0', baudRate: 9_600 }],
] as const)('$0.class over $1.kind is refused', async (device, link) => {
  expect(await openAs(device, link)).toMatchObject({ ok: false, reason: 'link-unfit' });
});

test('an address is refused for a driver whose devices have none', async () => {
  expect(await openAs({ ...reader, address: 3 }, { kind: 'simulated' })).toMatchObject({
    ok: false,
    reason: 'link-unfit',
  });
});

test('a USB device that is not plugged in', async () => {
  const usb = { vendorId: 'FFFE', productId: 'FFFE' };
  const missing = { ok: false, reason: 'port-missing' };
  expect(await openAs(reader, { kind: 'serial', usb, baudRate: 9_600 })).toMatchObject(missing);
  expect(await openAs(reader, { kind: 'hid', usb, framing: { kind: 'unnumbered-64' } })).toMatchObject(missing);
});

describe('a card is read through HID reports', () => {
  test.each<[profile: string, HidFramingConfig]>([
    ['hid-unnumbered-64', { kind: 'unnumbered-64' }],
    ['hid-length-prefixed', { kind: 'length-prefixed-64' }],
    ['hid-numbered', { kind: 'numbered', output: 4, input: 2 }],
    ['hid-numbered', { kind: 'numbered', output: 4, input: 2, counted: true }],
    ['hid-ch9325', { kind: 'ch9325', baudRate: 9_600 }],
    ['hid-cp2110', { kind: 'cp2110', baudRate: 115_200 }],
  ])('%s: %j', async (profile, config) => {
    const framing = hidFramingOf(config);
    const driver = driverOf('id-reader');
    let toHost: (report: Uint8Array) => void = () => undefined;
    const simulator = simulateBehindHid(framing, (made) => driver.simulate(profile, made), {
      clock: systemClock,
      onEvent: () => undefined,
      sendReport: (report) => setImmediate(() => toHost(report)),
    });
    onTestFinished(() => simulator.stop());
    const link = new HidLink(
      {
        // hidapi takes the 0 away that stands for "not numbered".
        write: async (report) => simulator.receive(framing.numbered ? report : report.subarray(1)),
        sendFeatureReport: async () => undefined,
        onReport: (listener) => (toHost = listener),
        onGone: () => undefined,
        close: async () => undefined,
      },
      framing,
    );
    const device = driver.create(profile, {
      clock: systemClock,
      link,
      onCondition: () => undefined,
      onSupplies: () => undefined,
    });
    simulator.act({ card: 'sun-moved' });
    expect(await device.probe(new AbortController().signal)).toMatchObject({ ok: true });
    const events = [];
    for await (const event of device.read(new AbortController().signal)) events.push(event);
    expect(events).toMatchObject([
      { kind: 'waiting' },
      { kind: 'reading' },
      { kind: 'read', person: { name: '孙远' } },
      { kind: 'address' },
    ]);
  });
});
