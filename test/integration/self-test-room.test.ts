import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { configured, simulated } from '../../scripts/hall/hall-devices.ts';
import { HallSimulators } from '../../scripts/hall/simulators.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { KioskTestEvent, SelfTestReport } from '../../src/contract/self-test.ts';
import type { StatusView } from '../../src/contract/visit-view.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { adapters } from '../fixtures/adapters.ts';
import { type CoreBenchOptions, ManualClock } from '../fixtures/core-bench.ts';
import { openDeviceRoom } from '../fixtures/device-room.ts';
import { type Hall, openHall } from '../fixtures/hall.ts';

const ids = ['reader', 'printer'] as const;

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  let simulators: HallSimulators;
  let devices: readonly DeviceConfig[];
  let room: ReturnType<typeof openDeviceRoom>;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
    const wanted = ids.map((id) => simulated(id, undefined));
    simulators = await HallSimulators.open(join(hall.folder, 'ports'), wanted, () => undefined);
    const found = ids.map((id) => configured(id, simulators.ports.get(id), undefined));
    devices = found;
    room = openDeviceRoom({
      devices,
      drivers,
      open: (config, driver, log) =>
        openLink(config, driver, {
          clock: systemClock,
          time: systemLineTime,
          ports: systemPorts(found, log),
          lines: new SharedLines(),
          onSimulated: () => undefined,
        }),
    });
  });
  afterEach(async () => {
    hall.stop();
    await room.stop();
    await simulators.close();
    await hall.close();
  });

  /** Core over these devices. `speaker: 'none'`: what the machine of the tests has must not matter. */
  const start = (options: Partial<CoreBenchOptions> = {}) =>
    hall.start({
      deviceClient: room.client,
      ...options,
      config: { devices: [...devices], speaker: 'none', ...options.config },
    });

  async function report(events: AsyncIterable<KioskTestEvent>): Promise<SelfTestReport> {
    for await (const event of events) if (event.kind === 'finished') return event.report;
    throw new Error('no report');
  }

  describe('the self-test, run by core', () => {
    test('a device that fails closes itself and the status shows why; the next test that it passes opens it', async () => {
      const { core, log } = await start();
      const statusWhen = async (wanted: (view: StatusView) => boolean): Promise<StatusView> => {
        for await (const view of await core.system.watchStatus()) if (wanted(view)) return view;
        throw new Error('the status ended');
      };
      const shows = (id: string, state: string) => (view: StatusView) =>
        view.devices.some((device) => device.id === id && device.state === state);
      for (const id of ids) await statusWhen(shows(id, 'ready'));
      expect(await core.selfTest.latest()).toBeNull();

      await simulators.act('reader', { fault: 'silent' });
      const bad = await report(await core.selfTest.run());
      expect(bad.verdict).toBe('failed');
      expect(bad.devices).toMatchObject([
        { device: 'reader', verdict: 'failed', reason: 'no-answer' },
        { device: 'printer', verdict: 'passed' },
      ]);
      const closed = await statusWhen(shows('reader', 'disabled'));
      expect(closed.devices).toContainEqual({
        id: 'reader',
        class: 'id-reader',
        state: 'disabled',
        reason: 'no-answer',
      });
      expect(closed.services).toContainEqual({ service: 'apply', available: false, why: 'id-reader' });
      expect(await core.selfTest.latest()).toEqual(bad);

      await simulators.act('reader', { fault: 'none' });
      expect(await report(await core.selfTest.run())).toMatchObject({ verdict: 'passed' });
      const open = await statusWhen(shows('reader', 'ready'));
      expect(open.services).toContainEqual({ service: 'apply', available: true });
      await log.until('core.delivered', 2, { step: 'self-test' });
      expect((await hall.platform.received()).selfTests.map(({ verdict }) => verdict)).toEqual(['failed', 'passed']);
    });

    test('each morning by itself, once; a device that nobody answers for has failed', async () => {
      const lost: DeviceConfig = {
        id: 'toaster',
        class: 'rating-pad',
        driver: 'table-pad',
        profile: 'none',
        link: { kind: 'simulated' },
      };
      const config = { selfTest: { at: '00:00' }, devices: [...devices, lost] };
      const { log, ...bench } = await start({ config });
      await log.until('core.self-tested', 1, { cause: 'opening' });
      await log.until('core.delivered', 1, { step: 'self-test' });
      expect((await hall.platform.received()).selfTests).toMatchObject([
        {
          cause: 'opening',
          attended: false,
          verdict: 'failed',
          devices: [{ verdict: 'passed' }, { verdict: 'passed' }, { device: 'toaster', verdict: 'failed' }],
        },
      ]);
      const store = new Sqlite(join(bench.dataDir, 'kiosk.db'), { readonly: true });
      expect(store.prepare('SELECT cause, verdict FROM self_test').all()).toEqual([
        { cause: 'opening', verdict: 'failed' },
      ]);
      store.close();
      bench.stop();
      // Started again on the same day: today's is done.
      const again = await start({ config });
      expect(await again.core.selfTest.latest()).toMatchObject({ cause: 'opening' });
      expect(await report(await again.core.selfTest.run())).toMatchObject({ cause: 'staff' });
      expect(again.log.count('core.self-tested', { cause: 'opening' })).toBe(0);
    });

    test('not while somebody is being served; and old reports are let go of', async () => {
      const clock = new ManualClock();
      const { core, dataDir } = await start({ clock });
      await core.session.start({ locale: 'zh-CN' });
      await expect(core.selfTest.run().then(report)).rejects.toMatchObject({ code: 'BUSY' });
      await core.session.end({ cause: 'left' });
      await report(await core.selfTest.run());
      clock.advance(367 * 24 * 3_600_000);
      const late = await report(await core.selfTest.run());
      const store = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
      expect(store.prepare('SELECT id FROM self_test').pluck().all()).toEqual([late.id]);
      store.close();
    });

    test('guided, it asks a person for a card and a sound, and says what nobody did', async () => {
      const { core } = await start({ config: { speaker: undefined } });
      const asked: string[] = [];
      let result: SelfTestReport | undefined;
      for await (const event of await core.selfTest.guide()) {
        if (event.kind === 'step' && event.attended) {
          asked.push(event.step);
          await simulators.act('reader', { card: 'zhang' });
        }
        if (event.kind === 'part-step' && event.attended) {
          asked.push(event.step);
          await core.selfTest.heard({ heard: true });
        }
        if (event.kind === 'finished') result = event.report;
      }
      const hasSound = result?.machine.some(({ part, reason }) => part === 'speaker' && reason !== 'no-output');
      expect(asked).toEqual(hasSound ? ['card', 'sound'] : ['card']);
      expect(result?.devices.map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
      expect(result?.devices[0]?.steps).toContainEqual({ step: 'card', outcome: 'passed' });
      expect(result?.devices[1]?.steps).toContainEqual({ step: 'test-page', outcome: 'passed' });
    });
  });
});
