import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import words from '../../resources/messages/dock.zh-CN.json' with { type: 'json' };
import { DockDoor } from '../../scripts/hall/dock-door.ts';
import { hallDevices, simulated } from '../../scripts/hall/hall-devices.ts';
import { HallSimulators } from '../../scripts/hall/simulators.ts';
import type { DockEvent } from '../../src/contract/dock.ts';
import { isByteDriver } from '../../src/devices/driver.ts';
import type { DriverModule } from '../../src/devices/driver.ts';
import { drivers } from '../../src/devices/registry.ts';
import { HallLine } from '../../src/main/dock/hall-line.ts';
import { controlsOf } from '../../src/renderer/dock/controls.ts';
import { ImpatientClock } from '../fixtures/link-pair.ts';

const models = drivers.flatMap((driver) => driver.profiles.map((profile) => ({ name: driver.name, profile, driver })));

function controlsOfModel(driver: DriverModule, profile: string) {
  const actions = driver.actions?.(profile);
  return actions ? controlsOf(z.toJSONSchema(actions)) : [];
}

function simulatorOf(driver: DriverModule, profile: string) {
  const context = { clock: new ImpatientClock(), onEvent: () => undefined };
  return isByteDriver(driver)
    ? driver.simulate(profile, { ...context, send: () => undefined })
    : driver.simulate(profile, context);
}

describe('the buttons of the simulator dock', () => {
  test.each(models)('$name $profile: its simulator takes every one of them', ({ driver, profile }) => {
    const simulator = simulatorOf(driver, profile);
    onTestFinished(() => simulator.stop());
    const controls = controlsOfModel(driver, profile);
    expect(controls.length).toBeGreaterThan(0);
    for (const { key, choices, free } of controls) {
      for (const { value } of choices) simulator.act({ [key]: value });
      if (free) simulator.act({ [key]: free === 'text' ? '预约码 0001' : 7 });
    }
  });

  test.each(models)('$name $profile: each has a word', ({ driver, profile }) => {
    const known = (key: string): boolean => Object.hasOwn(words, key);
    const missing = controlsOfModel(driver, profile).flatMap(({ key, choices, initial }) => {
      // What is shown to a reader, and how many pages lie in a feeder, says itself.
      const named = key === 'show' || known(`dock.each.${key}`) ? [] : choices;
      const keys = [`dock.control.${key}`, ...named.map(({ word }) => `dock.value.${key}.${word}`)];
      return [...keys, ...(initial === undefined ? [] : [`dock.value.${key}.${String(initial)}`])].filter(
        (one) => !known(one),
      );
    });
    expect(missing).toEqual([]);
  });
});

/** A pad behind a real terminal, and a dock at the hall's door. */
async function dockedPad(inService = Promise.resolve()) {
  const directory = await mkdtemp(join(tmpdir(), 'dock-'));
  let tell: (happened: DockEvent) => void = () => undefined;
  const simulators = await HallSimulators.open(directory, [simulated('pad', undefined)], (device, event) =>
    tell({ device, event }),
  );
  const { class: kind, driver, profile } = hallDevices.pad;
  const actions = { ...simulators.actions.get('pad') };
  const door = await DockDoor.open({
    devices: [{ id: 'pad', class: kind, driver, profile, actions }],
    act: (device, action) => simulators.act(device, action),
    inService: () => inService,
  });
  tell = (happened) => door.tell(happened);
  const line = new HallLine(door.path);
  onTestFinished(async () => {
    await simulators.close();
    await rm(directory, { recursive: true });
  });
  return { door, line, simulators };
}

describe('the door of the hall', () => {
  test('lets the dock in once the kiosk is in service, and not before', async () => {
    const inService = Promise.withResolvers<void>();
    const { door, line } = await dockedPad(inService.promise);
    onTestFinished(() => door.close());
    let isIn = false;
    const devices = line.devices.then((found) => {
      isIn = true;
      return found;
    });
    // Answered although nobody is let in yet.
    expect(await line.act('pad', { press: 3 })).toBeUndefined();
    expect(isIn).toBe(false);
    inService.resolve();
    expect((await devices).map(({ id }) => id)).toEqual(['pad']);
    expect(controlsOf((await devices)[0]?.actions)[0]).toMatchObject({ key: 'press', free: 'number' });
  });

  test('does what the dock says, and tells why when nothing was done', async () => {
    const { door, line } = await dockedPad();
    onTestFinished(() => door.close());
    await line.devices;
    expect(await line.act('pad', { unplug: true })).toBeUndefined();
    expect(await line.act('pad', { plug: true })).toBeUndefined();
    expect(await line.act('pad', { press: 900 })).toContain('press');
    expect(await line.act('nobody', { press: 1 })).toContain('no simulated device nobody');
  });

  test('tells what simulators tell, without the bytes on their paper', async () => {
    const { door, line } = await dockedPad();
    onTestFinished(() => door.close());
    await line.devices;
    const heard = new Promise((resolve) => {
      line.onEvent = resolve;
    });
    door.tell({ device: 'printer', event: { event: 'printed', bytes: 'AAAA' } });
    expect(await heard).toEqual({ device: 'printer', event: { event: 'printed' } });
  });

  test('a hall that closes answers what is open and what comes after', async () => {
    const { door, line } = await dockedPad();
    await line.devices;
    await door.close();
    expect(await line.act('pad', { press: 1 })).toBe('the hall is closed');
    await expect(new HallLine(door.path).devices).rejects.toThrow('ENOENT');
  });
});
