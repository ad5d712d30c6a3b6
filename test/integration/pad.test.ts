import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { driver } from '../../drivers/table-pad/index.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { Simulator, SimulatorContext } from '../../src/devices/driver.ts';
import { terminalCarrier } from '../../src/devices/hosted-carriers.ts';
import { HostedLine } from '../../src/devices/hosted-device.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
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
          lines: new SharedLines(),
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

describe('two pads of a kiosk on one serial port', () => {
  const left = 0x22;
  const right = 0x23;

  /** Both at the far end of one real terminal, as on RS-485: each hears all that the kiosk sends. */
  async function busRoom() {
    const directory = await mkdtemp(join(tmpdir(), 'hall-bus-'));
    const events = new EventEmitter();
    const pads = new Map<number, Simulator>();
    const happened: string[] = [];
    const simulate = (context: SimulatorContext): Simulator => {
      for (const address of [left, right]) {
        const onEvent: SimulatorContext['onEvent'] = (event) => {
          happened.push(`${address} ${String(event['event'])}`);
          events.emit(`${address} ${String(event['event'])}`);
        };
        pads.set(address, driver.simulate(profile, { ...context, address, onEvent }));
      }
      return {
        receive: (bytes) => pads.forEach((pad) => pad.receive(bytes)),
        act: () => undefined,
        stop: () => pads.forEach((pad) => pad.stop()),
      };
    };
    const path = join(directory, 'bus');
    const other = () => simulate;
    const bus = new HostedLine(BAUD_RATE, { simulate, other }, terminalCarrier(path, BAUD_RATE), () => undefined);
    expect(await bus.plug()).toMatchObject({ ok: true });
    const link = { kind: 'serial', path, baudRate: BAUD_RATE } as const;
    const devices = [left, right].map((address): DeviceConfig => ({
      id: `pad-${address}`,
      class: 'rating-pad',
      driver: driver.name,
      profile,
      address,
      link,
    }));
    const lines = new SharedLines();
    const room = openDeviceRoom({
      devices,
      drivers: [driver],
      open: (device, itsDriver, log) =>
        openLink(device, itsDriver, {
          clock: systemClock,
          time: systemLineTime,
          ports: systemPorts(devices, log),
          lines,
          onSimulated: () => undefined,
        }),
    });
    onTestFinished(async () => {
      await room.stop();
      await bus.stop();
      await rm(directory, { recursive: true });
    });
    const act = (address: number, action: Readonly<Record<string, unknown>>): void => pads.get(address)?.act(action);
    const ready = (address: number) => room.until(`pad-${address}`, ({ state }) => state === 'ready');
    return { ...room, bus, happened, act, ready, heard: (what: string) => once(events, what) };
  }
  const profile = 'five-key-aa55';

  /** Watches a pad of the room, and yields the levels that are pressed on it. */
  async function watched({ supervisor }: Awaited<ReturnType<typeof busRoom>>, address: number) {
    const over = new AbortController();
    const lent = await supervisor.find(`pad-${address}`)?.borrow('rating-pad', over.signal, 'refuse');
    if (!lent?.ok) throw new Error(lent?.reason);
    const levels: unknown[] = [];
    const events = new EventEmitter();
    const ended = lent.value.follow(
      (pad, leave) => pad.watch(leave),
      ({ level }) => {
        levels.push(level);
        events.emit('press');
      },
    );
    onTestFinished(async () => {
      over.abort();
      await ended;
      await lent.value.release({ use: 'unused' });
    });
    return { levels, press: () => once(events, 'press') };
  }

  it('are both ready, each by its own address; a press is told of, and acknowledged to, the one that it came from', async () => {
    const room = await busRoom();
    await Promise.all([room.ready(left), room.ready(right)]);
    expect(room.happened.toSorted()).toEqual([`${left} stars`, `${right} stars`]);
    const started = [room.heard(`${left} start`), room.heard(`${right} start`)];
    const [one, other] = [await watched(room, left), await watched(room, right)];
    await Promise.all(started);
    for (const [address, press, pad] of [
      [left, 0x31, one],
      [right, 0x35, other],
      [right, 0x31, other],
    ] as const) {
      const told = [pad.press(), room.heard(`${address} acknowledged`)];
      room.act(address, { press });
      await Promise.all(told);
    }
    // At the same moment: one frame behind the other on the line.
    const both = [one.press(), other.press(), room.heard(`${left} acknowledged`), room.heard(`${right} acknowledged`)];
    room.act(left, { press: 0x35 });
    room.act(right, { press: 0x35 });
    await Promise.all(both);
    expect(one.levels).toEqual(['very-dissatisfied', 'very-satisfied']);
    expect(other.levels).toEqual(['very-satisfied', 'very-dissatisfied', 'very-satisfied']);
    expect(room.happened.filter((what) => what.endsWith('given-up'))).toEqual([]);
  });

  it('one that is silent is faulty, and the other one is asked, lit and pressed meanwhile', async () => {
    const room = await busRoom();
    room.act(left, { fault: 'silent' });
    await room.ready(right);
    // Nobody has given it up yet, and nobody waits for that.
    expect(room.supervisor.find(`pad-${left}`)?.view.state).toBe('probing');
    const started = room.heard(`${right} start`);
    const other = await watched(room, right);
    await started;
    await room.until(`pad-${left}`, ({ state, reason }) => state === 'faulty' && reason === 'no-answer');
    const told = [other.press(), room.heard(`${right} acknowledged`)];
    room.act(right, { press: 0x35 });
    await Promise.all(told);
    expect(other.levels).toEqual(['very-satisfied']);
    room.act(left, { fault: 'none' });
    await room.ready(left);
  });

  it('one that staff closes leaves the line to the other, and comes back to it', async () => {
    const room = await busRoom();
    await Promise.all([room.ready(left), room.ready(right)]);
    await room.supervisor.find(`pad-${left}`)?.disable('broken', 'staff');
    const started = room.heard(`${right} start`);
    const other = await watched(room, right);
    await started;
    const pressed = other.press();
    room.act(right, { press: 0x35 });
    await pressed;
    await room.supervisor.find(`pad-${left}`)?.enable();
    await room.ready(left);
  });

  it('the plug pulled and put back is told of both, and both are back', async () => {
    const room = await busRoom();
    await Promise.all([room.ready(left), room.ready(right)]);
    const gone = [left, right].map((address) => room.until(`pad-${address}`, ({ state }) => state === 'absent'));
    await room.bus.unplug();
    await Promise.all(gone);
    await room.bus.plug();
    await Promise.all([room.ready(left), room.ready(right)]);
  });
});
