import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceView } from '../../src/contract/device-classes.ts';
import { adapters } from '../fixtures/adapters.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
  });
  afterEach(() => hall.close());

  const printer = {
    id: 'printer',
    class: 'ticket-printer',
    driver: 'bench',
    uses: { total: 0, ok: 0, failed: 0 },
  } as const;
  type State = Pick<DeviceView, 'state' | 'reason'>;
  const arrived = async () =>
    (await hall.platform.received()).deviceEvents.map(({ kind, reason }) => [kind, reason].join(' ').trim());

  it('the platform hears of faults once, in their order, and of those before an outage or a restart', async () => {
    const first = await hall.start();
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

    await hall.platform.setFault({ kind: 'down' });
    show({ state: 'ready' });
    show({ state: 'disabled', reason: 'staff-cleaning' });
    await first.log.until('core.device-event', 4);
    first.stop();
    await hall.platform.setFault({ kind: 'none' });

    const second = await hall.start();
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
    expect((await hall.platform.received()).deviceEvents[0]).toMatchObject({
      kioskId: 'WL01',
      device: 'printer',
      driver: 'bench',
    });
  });

  it('what a version sends its own way, and what it gives up of this one, arrives once after going back to it and on again', async () => {
    await hall.platform.setFault({ kind: 'down' });
    const first = await hall.start();
    first.devices.showDevices([{ ...printer, state: 'faulty', reason: 'paper-out' }]);
    first.devices.showDevices([{ ...printer, state: 'faulty', reason: 'cover-open' }]);
    await first.log.until('core.device-event', 2);
    first.stop();

    // The version before: it sends one of the two, takes both for broken reports, and a third event happens.
    await hall.platform.setFault({ kind: 'none' });
    const store = new Sqlite(join(first.dataDir, 'kiosk.db'));
    store.exec(
      `UPDATE kiosk_outbox SET state = 'needs-staff', reason = 'content-broken', attempts = 1 WHERE step = 'device-event'`,
    );
    const sent = store
      .prepare<[], Record<string, string>>(
        `UPDATE device_event SET state = 'done' WHERE rowid = (SELECT min(rowid) FROM device_event)
       RETURNING id, device, class, driver, kind, reason, at`,
      )
      .get();
    const response = await fetch(`${hall.platform.url}/device-events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `"${sent?.['id']}"` },
      body: JSON.stringify({ ...sent, kioskId: 'WL01' }),
    });
    expect(response.status).toBe(200);
    store
      .prepare(
        `INSERT INTO device_event (id, device, class, driver, kind, reason, at, state)
       VALUES ('019ab4c0-5a00-7000-8000-000000000001', 'printer', 'ticket-printer', 'bench', 'recovered', NULL,
         '2026-11-22T09:40:00+08:00', 'waiting')`,
      )
      .run();
    store.close();

    const second = await hall.start();
    await second.log.until('core.delivered', 2, { step: 'device-event' });
    expect(await arrived()).toEqual(['fault paper-out', 'fault cover-open', 'recovered']);
    expect(await second.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });
  });

  it('a device process that ends and comes back is no fault of its devices', async () => {
    const { devices, room, log } = await hall.start();
    devices.showDevices([{ ...printer, state: 'ready' }]);
    const lost = room.deps.devices.connect(createRouterClient(devices.router));
    lost();
    room.deps.devices.connect(createRouterClient(devices.router));
    devices.showDevices([{ ...printer, state: 'faulty', reason: 'no-answer' }]);
    await log.until('core.device-event');
    expect(log.count('core.device-event')).toBe(1);
  });
});
