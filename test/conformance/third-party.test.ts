import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { DriverModule } from '../../src/devices/driver.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { linkInProcess } from '../../src/devices/transports/in-process.ts';
import { done } from '../../src/domain/result.ts';
import { openDeviceRoom } from '../fixtures/device-room.ts';
import { conformance } from '../fixtures/third-party/stx-pad/conformance.ts';
import { driver } from '../fixtures/third-party/stx-pad/index.ts';
import { conformanceOf } from './conformance-of.ts';
import { inProcess } from './in-process.ts';
import { overTerminals } from './over-terminals.ts';

const all: readonly DriverModule[] = [...drivers, driver];

conformanceOf({ driver, conformance }, inProcess(all), all);
conformanceOf({ driver, conformance }, overTerminals(all), all);

test('the device room takes a driver that it does not know', async () => {
  const { link, simulator } = linkInProcess({
    simulate: (context) => driver.simulate('three-key', context),
    baudRate: 115_200,
    clock: systemClock,
    time: systemLineTime,
    onEvent: () => undefined,
  });
  const room = openDeviceRoom({
    devices: [
      { id: 'pad', class: 'rating-pad', driver: driver.name, profile: 'three-key', link: { kind: 'simulated' } },
    ],
    drivers: all,
    open: async () => done(link),
  });
  onTestFinished(() => room.stop());
  await room.until('pad', ({ state }) => state === 'ready');
  const presses = await room.client.ratingPad.watch();
  const first = presses.next();
  await room.until('pad', ({ state }) => state === 'busy');
  simulator.act({ press: 2 });
  expect(await first).toMatchObject({ done: false, value: { level: 'satisfied' } });
  await presses.return(undefined);
});
