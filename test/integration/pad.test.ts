import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { driver } from '../../drivers/table-pad/index.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { SimulatorHost } from '../../src/devices/simulator-host.ts';
import { openDeviceRoom } from '../fixtures/device-room.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 9_600;

let bench: TerminalBench<'rating-pad'> | undefined;
const start = async (profile: string): Promise<TerminalBench<'rating-pad'>> => {
  bench = await terminalBench(driver, profile, BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('a rating pad on a real serial port', () => {
  it.each([
    ['four-key-ff68', 0, 'dissatisfied'],
    ['four-key-ff68', 3, 'very-satisfied'],
    ['five-key-ff68', 0, 'very-dissatisfied'],
    ['five-key-ff68', 4, 'very-satisfied'],
    ['five-key-aa55', 0x31, 'very-dissatisfied'],
  ])('%s: key %i means %s, and the pad hears that it was taken', async (profile, press, level) => {
    const { act, device, event } = await start(profile);
    const stop = new AbortController();
    expect(await device.probe(stop.signal)).toEqual({ ok: true, value: undefined });
    const watching = device.watch(stop.signal);
    const first = watching.next();
    await event('start');
    await act({ press });
    expect(await first).toEqual({ done: false, value: { key: expect.any(String), level } });
    await event('acknowledged');
    stop.abort();
    expect(await watching.next()).toEqual({ done: true, value: undefined });
  });

  it('finds the press behind noise and one with a wrong checksum', async () => {
    const { act, device, event } = await start('four-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ fault: 'wrong-checksum' });
    await act({ press: 0 });
    await event('given-up');
    await act({ fault: 'noise' });
    await act({ press: 2 });
    expect(await first).toEqual({ done: false, value: { key: '02', level: 'satisfied' } });
    await watching.return();
  });

  it('takes no press of another pad on the same line', async () => {
    const { act, device, event } = await start('five-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ press: 0, address: 0x82 });
    await act({ press: 4 });
    expect(await first).toEqual({ done: false, value: { key: '04', level: 'very-satisfied' } });
    await watching.return();
  });

  it('ends the watch when the pad is unplugged', async () => {
    const { act, device, event } = await start('four-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ unplug: true });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});

describe('a pad on a line that it shares', () => {
  const pad = { id: 'pad', driver: driver.name, profile: 'five-key-aa55' } as const;

  async function roomFor(address: number) {
    const directory = await mkdtemp(join(tmpdir(), 'hall-pad-'));
    const happened: unknown[] = [];
    const host = new SimulatorHost({ drivers: [driver], directory, onEvent: (_, { event }) => happened.push(event) });
    const plugged = await host.add({ ...pad, address: 0x22, baudRate: BAUD_RATE });
    if (!plugged.ok) throw new Error(plugged.reason);
    const link = { kind: 'serial', path: plugged.value, baudRate: BAUD_RATE } as const;
    const config: DeviceConfig = { ...pad, class: 'rating-pad', address, link };
    const room = openDeviceRoom({
      devices: [config],
      drivers: [driver],
      open: (device, itsDriver, log) =>
        openLink(device, itsDriver, {
          clock: systemClock,
          time: systemLineTime,
          ports: systemPorts([config], log),
          onSimulated: () => undefined,
        }),
    });
    onTestFinished(async () => {
      await room.stop();
      await host.stop();
      await rm(directory, { recursive: true });
    });
    return { ...room, happened };
  }

  it('is found by the address in the configuration', async () => {
    const room = await roomFor(0x22);
    await room.until('pad', ({ state }) => state === 'ready');
    expect(room.happened).toEqual(['stars']);
  });

  it('does not answer to the address of another', async () => {
    const room = await roomFor(0x23);
    await room.until('pad', ({ state, reason }) => state === 'faulty' && reason === 'no-answer');
    expect(room.happened).toEqual([]);
  });
});
