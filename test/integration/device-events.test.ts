import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceView } from '../../src/contract/device-classes.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { makeFolder, removeFolder, startCore } from '../fixtures/core-bench.ts';

let folder: string;
let platform: Platform;
beforeEach(async () => {
  folder = makeFolder();
  platform = await createPlatform({ clock: systemClock, log: () => undefined });
});
afterEach(async () => {
  await platform.close();
  removeFolder(folder);
});

const printer = {
  id: 'printer',
  class: 'ticket-printer',
  driver: 'bench',
  uses: { total: 0, ok: 0, failed: 0 },
} as const;
type State = Pick<DeviceView, 'state' | 'reason'>;
const arrived = async () =>
  (await platform.received()).deviceEvents.map(({ kind, reason }) => [kind, reason].join(' ').trim());
async function start() {
  const bench = await startCore({ clock: systemClock, folder, platformUrl: platform.url });
  return { ...bench, stop: () => bench.stop() };
}

it('the platform hears of faults once, in their order, and of those before an outage or a restart', async () => {
  const first = await start();
  const show = (state: State) => first.devices.showDevices([{ ...printer, ...state }]);
  const sent = (times: number) => first.log.until('core.delivered', times, { step: 'device-event' });
  show({ state: 'ready' });
  show({ state: 'busy' });
  show({ state: 'faulty', reason: 'paper-out' });
  // Opened anew, with the same fault: no news.
  show({ state: 'opening' });
  show({ state: 'faulty', reason: 'paper-out' });
  show({ state: 'faulty', reason: 'cover-open' });
  await sent(2);
  expect(await arrived()).toEqual(['fault paper-out', 'fault cover-open']);

  await platform.setFault({ kind: 'down' });
  show({ state: 'ready' });
  show({ state: 'disabled', reason: 'staff-cleaning' });
  await first.log.until('core.device-event', 4);
  first.stop();
  await platform.setFault({ kind: 'none' });

  const second = await start();
  second.devices.showDevices([{ ...printer, state: 'disabled', reason: 'staff-cleaning' }]);
  second.devices.showDevices([{ ...printer, state: 'ready' }]);
  await second.log.until('core.delivered', 3, { step: 'device-event' });
  expect(await arrived()).toEqual([
    'fault paper-out',
    'fault cover-open',
    'recovered',
    'closed staff-cleaning',
    'opened',
  ]);
  expect((await platform.received()).deviceEvents[0]).toMatchObject({
    kioskId: 'WL01',
    device: 'printer',
    driver: 'bench',
  });
  second.stop();
});

it('a device process that ends and comes back is no fault of its devices', async () => {
  const { devices, room, log, stop } = await start();
  devices.showDevices([{ ...printer, state: 'ready' }]);
  const lost = room.deps.devices.connect(createRouterClient(devices.router));
  lost();
  room.deps.devices.connect(createRouterClient(devices.router));
  devices.showDevices([{ ...printer, state: 'faulty', reason: 'no-answer' }]);
  await log.until('core.device-event');
  expect(log.count('core.device-event')).toBe(1);
  stop();
});
