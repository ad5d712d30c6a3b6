import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { PrintOutcome, ReadEvent } from '../../src/contract/device-api.ts';
import type { DeviceClass, DeviceView } from '../../src/contract/device-classes.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { SimulatorHost } from '../../src/devices/simulator-host.ts';
import { openDeviceRoom } from '../fixtures/device-room.ts';
import { forkDevices } from './support/device-process.ts';

const parts = {
  'id-reader': { driver: 'sam-reader', profile: 'serial-115200' },
  'ticket-printer': { driver: 'escpos-printer', profile: '80mm-gs-h' },
  'rating-pad': { driver: 'table-pad', profile: 'four-key-ff68' },
} as const satisfies Partial<Record<DeviceClass, { driver: string; profile: string }>>;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'devices-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A simulated device at one end of a pair of terminals and the whole device room at the other. */
async function connect(kind: keyof typeof parts) {
  const happened: Readonly<Record<string, unknown>>[] = [];
  const host = new SimulatorHost({ drivers, directory, onEvent: (_, event) => happened.push(event) });
  const plugged = await host.add({ id: kind, ...parts[kind], baudRate: 115_200 });
  if (!plugged.ok) throw new Error(`${plugged.reason} ${plugged.detail ?? ''}`);
  const config: DeviceConfig = {
    id: kind,
    class: kind,
    ...parts[kind],
    link: { kind: 'serial', path: plugged.value, baudRate: 115_200 },
  };
  const room = openDeviceRoom({
    devices: [config],
    drivers,
    open: (device, driver, log) =>
      openLink(device, driver, {
        clock: systemClock,
        time: systemLineTime,
        ports: systemPorts([config], log),
        lines: new SharedLines(),
        onSimulated: () => undefined,
      }),
  });
  onTestFinished(async () => {
    await room.stop();
    await host.stop();
    expect(room.bugs).toEqual([]);
  });
  const { client, lines } = room;
  const until = (wanted: (view: DeviceView) => boolean): Promise<DeviceView> => room.until(kind, wanted);
  await until(({ state }) => state === 'ready');
  return { client, host, until, lines, happened, act: (action: Record<string, unknown>) => host.act(kind, action) };
}

async function readCard(client: Awaited<ReturnType<typeof connect>>['client'], onEvent?: (event: ReadEvent) => void) {
  const events: ReadEvent[] = [];
  for await (const event of await client.idReader.read()) {
    events.push(event);
    onEvent?.(event);
  }
  return events;
}
const lastOf = (events: readonly ReadEvent[]): unknown => {
  const last = events.at(-1);
  return last?.kind === 'read' ? last.person.name : last?.kind === 'failed' ? last.reason : undefined;
};

describe('identity card reader on a real terminal', () => {
  test('reads a card', async () => {
    const { client, act } = await connect('id-reader');
    await act({ presentAfterPolls: 2, card: 'zhang' });
    const events = await readCard(client);
    expect(events.map(({ kind }) => kind)).toEqual(['waiting', 'reading', 'read']);
    expect(lastOf(events)).toBe('张宁');
  });

  test.each(['noise', 'split'])('[M-08] reads a card through %s on the line', async (fault) => {
    const { client, act } = await connect('id-reader');
    await act({ card: 'zhang', fault });
    expect(lastOf(await readCard(client))).toBe('张宁');
  });

  test.each([
    ['silent', 'reader-silent'],
    ['garbage', 'reader-silent'],
    ['removed-while-reading', 'card-removed'],
    ['wrong-checksum', 'card-unreadable'],
  ])('fault %s is told as %s', async (fault, reason) => {
    const { client, act, lines } = await connect('id-reader');
    await act({ card: 'zhang', fault });
    expect(lastOf(await readCard(client))).toBe(reason);
    expect(lines).toContainEqual({ event: 'devices.use-failed', device: 'id-reader', reason });
  });

  test('a reader that fell silent is faulty, and ready again once it answers', async () => {
    const { client, act, until } = await connect('id-reader');
    await act({ fault: 'silent' });
    await readCard(client);
    await until(({ state, reason }) => state === 'faulty' && reason === 'no-answer');
    await act({ fault: 'none', card: 'zhang' });
    await until(({ state }) => state === 'ready');
    expect(lastOf(await readCard(client))).toBe('张宁');
  });

  test('unplugged it is absent, plugged in again it is ready and reads', async () => {
    const { client, act, until } = await connect('id-reader');
    await act({ unplug: true });
    await until(({ state }) => state === 'absent');
    expect(lastOf(await readCard(client))).toBe('reader-absent');
    await act({ plug: true });
    await until(({ state }) => state === 'ready');
    await act({ card: 'li' });
    expect(lastOf(await readCard(client))).toBe('李秀兰');
  });

  test('unplugged while it waits for a card, the reading ends as absent', async () => {
    const { client, act } = await connect('id-reader');
    const events = await readCard(client, ({ kind }) => {
      if (kind === 'waiting') void act({ unplug: true });
    });
    expect(lastOf(events)).toBe('reader-absent');
  });

  test('leaving gives the reader back, and a newer reading takes it over', async () => {
    const { client, until } = await connect('id-reader');
    const older = await client.idReader.read();
    await older.next();
    const newer = await client.idReader.read();
    expect(await newer.next()).toEqual({ done: false, value: { kind: 'waiting' } });
    expect(await older.next()).toEqual({ done: true, value: undefined });
    const leave = new AbortController();
    const third = await client.idReader.read(undefined, { signal: leave.signal });
    await third.next();
    leave.abort();
    await third.next();
    await until(({ state }) => state === 'ready');
  });
});

test('a receipt is printed only on the printer’s own word', async () => {
  const { client, act } = await connect('ticket-printer');
  const job = { jobId: 'job-1', document: [{ kind: 'text' as const, text: '受理回执' }, { kind: 'cut' as const }] };
  const print = async (): Promise<PrintOutcome> => {
    const printing = client.ticketPrinter.print(job);
    await client.ticketPrinter.start({ jobId: job.jobId });
    return printing;
  };
  expect(await print()).toMatchObject({ ok: true, value: 'printed' });
  await act({ paper: 'out' });
  expect(await print()).toMatchObject({ ok: false, reason: 'paper-out' });
  await act({ paper: 'ok' });
  expect(await print()).toMatchObject({ ok: true, value: 'printed' });
});

test('a job that waits for its start gives way to the next one', async () => {
  const { client } = await connect('ticket-printer');
  const document = [{ kind: 'text' as const, text: '受理回执' }, { kind: 'cut' as const }];
  const first = client.ticketPrinter.print({ jobId: 'job-1', document });
  const second = client.ticketPrinter.print({ jobId: 'job-2', document });
  expect(await first).toMatchObject({ ok: false, reason: 'busy' });
  await client.ticketPrinter.start({ jobId: 'job-1' });
  await client.ticketPrinter.start({ jobId: 'job-2' });
  expect(await second).toMatchObject({ ok: true, value: 'printed' });
});

test('a press on the rating pad arrives as its level', async () => {
  const { client, act } = await connect('rating-pad');
  const presses = await client.ratingPad.watch();
  const first = presses.next();
  await act({ press: 3 });
  expect(await first).toEqual({ done: false, value: { level: 'very-satisfied' } });
  await presses.return(undefined);
});

describe('the device process in plain Node', () => {
  const kiosk = (devices: readonly unknown[]) => ({
    kioskId: 'KIOSK01',
    hall: { code: '990101', name: '示范市政务服务大厅', hours: '9:00–17:00', phone: '0000-12345' },
    platform: { url: 'http://127.0.0.1:1' },
    catalogue: 'catalogue',
    devices,
  });
  const start = async (config: unknown) => {
    const configPath = join(directory, 'kiosk.json');
    await writeFile(configPath, JSON.stringify(config));
    return forkDevices({ configPath, dataDir: directory, logDir: directory });
  };

  test('answers over its port, pings too, and reads a simulated card', async () => {
    const { client, pinged } = await start(
      kiosk([
        {
          id: 'reader',
          class: 'id-reader',
          ...parts['id-reader'],
          link: { kind: 'simulated', actions: [{ presentAfterPolls: 1, card: 'li' }] },
        },
      ]),
    );
    for await (const [view] of await client.devices.watch()) if (view?.state === 'ready') break;
    expect(await client.devices.list()).toEqual([
      {
        id: 'reader',
        class: 'id-reader',
        driver: 'sam-reader',
        state: 'ready',
        uses: { total: 0, ok: 0, failed: 0 },
      },
    ]);
    const events: ReadEvent[] = [];
    for await (const event of await client.idReader.read()) events.push(event);
    expect(lastOf(events)).toBe('李秀兰');
    await pinged();
    expect(await readFile(join(directory, 'devices.log'), 'utf8')).not.toMatch(/李秀兰|990102195207163027/);
  });

  test('a configuration with a typo means no devices and a log line, not a crash', async () => {
    const { client } = await start({ ...kiosk([]), devcies: [] });
    expect(await client.devices.list()).toEqual([]);
    const read: ReadEvent[] = [];
    for await (const event of await client.idReader.read()) read.push(event);
    expect(lastOf(read)).toBe('reader-absent');
    expect(await readFile(join(directory, 'devices.log'), 'utf8')).toMatch(/devices\.config-refused.*devcies/);
  });
});

test('the simulator host as a process names its ports and ends with a signal', async () => {
  const argument = { directory, devices: [{ id: 'pad', ...parts['rating-pad'], baudRate: 9_600 }] };
  const entry = join(import.meta.dirname, '../../src/devices/simulator-host-process.ts');
  const child = spawn(process.execPath, [entry, JSON.stringify(argument)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(JSON.parse(line.toString())).toEqual({ device: 'pad', path: join(directory, 'pad') });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
