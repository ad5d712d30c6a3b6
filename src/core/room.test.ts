import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceState } from '../contract/device-classes.ts';
import type { StatusView } from '../contract/visit-view.ts';
import { BenchDevices } from '../../test/fixtures/bench-devices.ts';
import {
  applyForAllowance,
  benchKey,
  makeFolder,
  ManualClock,
  RecordedLog,
  removeFolder,
  seniorAllowance,
  startCore,
  writeConfig,
} from '../../test/fixtures/core-bench.ts';
import { createRouter } from './api/router.ts';
import { DeviceLink } from './device/device-link.ts';
import { CoreRoom } from './room.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

function bareRoom() {
  const { log } = new RecordedLog();
  const bytes = (count: number) => Buffer.alloc(count, 1);
  const onBug = (error: unknown) => {
    throw error;
  };
  return new CoreRoom({
    clock: new ManualClock(),
    random: { fraction: () => 0.5, bytes },
    fetch: globalThis.fetch,
    log,
    devices: new DeviceLink(log),
    onBug,
    restart: () => undefined,
    addWorkingDays: () => undefined,
  });
}
const values = () => ({
  configPath: join(folder, 'kiosk.json'),
  dataDir: join(folder, 'data'),
  deviceKey: benchKey.toString('base64'),
  appVersion: '1',
});

describe('a kiosk that cannot serve', () => {
  it('answers from its first moment, and tells those who watch when that changes', async () => {
    writeConfig(folder, 'http://127.0.0.1:9');
    const room = bareRoom();
    const core = createRouterClient(createRouter(room));
    const first = await core.system.status();
    expect(first.outOfService).toEqual({ reason: 'starting' });
    expect(first.services.every(({ available, why }) => !available && why === 'making-ready')).toBe(true);
    await expect(core.session.start({ locale: 'en' })).rejects.toMatchObject({ code: 'NOT_IN_SERVICE' });
    await expect(core.catalogue.list()).rejects.toMatchObject({ code: 'NOT_IN_SERVICE' });
    const views = await core.system.watchStatus();
    expect((await views.next()).value).toMatchObject({ outOfService: { reason: 'starting' } });
    await room.start(values());
    const { value } = await views.next();
    expect(value).toMatchObject({ hall: { name: '望岭县政务服务中心' } });
    expect(value).not.toHaveProperty('outOfService');
    await views.return?.();
    room.stop();
  });

  const damages: [string, string, () => void][] = [
    ['config-unreadable', 'ENOENT', () => rmSync(join(folder, 'kiosk.json'))],
    ['config-invalid', 'kisokId', () => rewrite((text) => text.replace('kioskId', 'kisokId'))],
    ['config-invalid', 'JSON', () => rewrite((text) => text.slice(0, -2))],
    ['catalogue-invalid', 'folder-unreadable', () => rewrite((text) => text.replace('resources/catalogue', 'nowhere'))],
    ['store-newer', 'newer version', () => storeOf(99)],
    ['store-failed', 'input-output', () => writeFileSync(join(folder, 'data'), 'a file')],
  ];
  const rewrite = (change: (text: string) => string) => {
    const path = join(folder, 'kiosk.json');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  const storeOf = (version: number) => {
    mkdirSync(join(folder, 'data'));
    const store = new Sqlite(join(folder, 'data', 'kiosk.db'));
    store.exec(`PRAGMA application_id = 1802072939; PRAGMA user_version = ${version}; CREATE TABLE t (x)`).close();
  };

  it.each(damages)('says %s (%s)', async (reason, detail, damage) => {
    writeConfig(folder, 'http://127.0.0.1:9');
    damage();
    const room = bareRoom();
    await room.start(values());
    const { outOfService, services } = await createRouterClient(createRouter(room)).system.status();
    expect(outOfService).toMatchObject({ reason, detail: expect.stringContaining(detail) });
    expect(services.every(({ available }) => !available)).toBe(true);
    room.stop();
  });
});

describe('what works now', () => {
  it('calls a reader made ready until somebody has looked at it, and missing when there is none or it was lost', async () => {
    const reader = { id: 'reader', class: 'id-reader', driver: 'bench' } as const;
    const applyOf = async (room: CoreRoom) =>
      (await createRouterClient(createRouter(room)).system.status()).services.find(
        ({ service }) => service === 'apply',
      );
    const without = bareRoom();
    writeConfig(folder, 'http://127.0.0.1:9');
    await without.start(values());
    expect(await applyOf(without)).toEqual({ service: 'apply', available: false, why: 'id-reader' });
    without.stop();

    const room = bareRoom();
    const link = { kind: 'simulated' };
    writeConfig(folder, 'http://127.0.0.1:9', [{ ...reader, profile: 'bench', link }]);
    await room.start(values());
    const making = { service: 'apply', available: false, why: 'making-ready' };
    expect(await applyOf(room)).toEqual(making);
    const bench = new BenchDevices();
    const views = room.board.watch(new AbortController().signal);
    await views.next();
    const shown = async (state: DeviceState) => {
      bench.showDevices([{ ...reader, state, uses: { total: 0, ok: 0, failed: 0 } }]);
      for await (const { devices } of { [Symbol.asyncIterator]: () => ({ next: () => views.next() }) })
        if (devices.some((device) => device.state === state)) return applyOf(room);
      throw new Error('the status ended');
    };
    bench.showDevices([{ ...reader, state: 'opening', uses: { total: 0, ok: 0, failed: 0 } }]);
    const lost = room.deps.devices.connect(createRouterClient(bench.router));
    expect(await shown('probing')).toEqual(making);
    expect(await shown('ready')).toEqual({ service: 'apply', available: true });
    expect(await shown('absent')).toEqual({ service: 'apply', available: false, why: 'id-reader' });
    lost();
    expect(await applyOf(room)).toEqual({ service: 'apply', available: false, why: 'id-reader' });
    room.stop();
  });

  it('follows the devices, and a device process that went away is not a bug', async () => {
    const bench = await startCore({ clock: new ManualClock(), folder });
    const { core, devices, room } = bench;
    const views = await core.system.watchStatus();
    const until = async (wanted: (apply: StatusView['services'][number]) => boolean) => {
      for (let seen = false; !seen;) {
        const next = await views.next();
        if (next.done) throw new Error('the stream ended');
        seen = next.value.services.some((one) => one.service === 'apply' && wanted(one));
      }
    };
    await until(({ available }) => available);
    const reader = { id: 'reader', class: 'id-reader', driver: 'bench', uses: { total: 0, ok: 0, failed: 0 } } as const;
    devices.showDevices([{ ...reader, state: 'faulty', reason: 'no-answer' }]);
    await until(({ available, why }) => !available && why === 'id-reader');
    const reconnected = room.deps.devices.connect(createRouterClient(devices.router));
    devices.showDevices([{ ...reader, state: 'ready' }]);
    await until(({ available }) => available);
    reconnected();
    await until(({ available }) => !available);
    expect((await core.system.status()).devices).toMatchObject([{ state: 'absent', reason: 'process-gone' }]);
    await core.session.start({ locale: 'en' });
    await core.session.consent();
    const events = [];
    for await (const event of await core.session.watchCard()) events.push(event);
    expect(events).toEqual([{ kind: 'failed', reason: 'reader-absent', again: false }]);
    expect(bench.bugs).toEqual([]);
    await views.return?.();
    bench.stop();
  });

  it('leaves out a broken item, tells staff, and offers the others', async () => {
    const room = bareRoom();
    const catalogue = join(folder, 'catalogue');
    mkdirSync(catalogue);
    const items = join(import.meta.dirname, '../../resources/catalogue');
    copyFileSync(join(items, 'senior-allowance.json'), join(catalogue, 'a.json'));
    writeFileSync(join(catalogue, 'b.json'), '{"code":"1"}');
    const path = writeConfig(folder, 'http://127.0.0.1:9');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), catalogue: 'catalogue' }));
    await room.start(values());
    const core = createRouterClient(createRouter(room));
    expect((await core.system.status()).notices).toMatchObject([
      { kind: 'item-left-out', detail: expect.stringContaining('b.json') },
    ]);
    expect((await core.catalogue.list()).map(({ code }) => code)).toEqual([seniorAllowance]);
    await expect(core.catalogue.item({ code: '1' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    room.stop();
  });
});

describe('a bug', () => {
  it('is told to the process, which has to end; a refused input and a named error are not', async () => {
    const bench = await startCore({ clock: new ManualClock(), folder });
    const { core, room } = bench;
    await expect(core.application.view()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
    // @ts-expect-error -- what a broken page could send
    await expect(core.session.start({ locale: 'fr' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(bench.bugs).toEqual([]);
    expect(bench.log.count('core.bad-request', { call: 'session.start' })).toBe(1);
    await applyForAllowance(bench);
    // The store taken away under the running room stands for anything that cannot happen.
    room.service?.close();
    await expect(core.application.submit()).rejects.toBeDefined();
    expect(bench.bugs).toHaveLength(1);
  });
});
