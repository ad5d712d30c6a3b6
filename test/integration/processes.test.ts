import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CoreApi } from '../../src/contract/core-api.ts';
import { joinPorts, type ApiPort } from '../../src/contract/process-link.ts';
import type { StatusView } from '../../src/contract/visit-view.ts';
import { makeFolder, removeFolder, writeConfig } from '../fixtures/core-bench.ts';
import { RoomProcesses } from './support/room-process.ts';

const source = join(import.meta.dirname, '../../src');
let folder: string;
let rooms: RoomProcesses;
beforeEach(() => {
  folder = makeFolder();
  rooms = new RoomProcesses(folder);
});
afterEach(async () => {
  await rooms.stop();
  removeFolder(folder);
});

function clientOf(port: ApiPort): ContractRouterClient<CoreApi> {
  const client: ContractRouterClient<CoreApi> = createORPCClient(new RPCLink({ port }));
  port.start();
  return client;
}

async function statusWhen(
  core: ContractRouterClient<CoreApi>,
  wanted: (view: StatusView) => boolean,
): Promise<StatusView> {
  for await (const view of await core.system.watchStatus()) if (wanted(view)) return view;
  throw new Error('the stream ended');
}

describe('each room as a plain Node process', () => {
  it('core answers through its port, before and after it is in service, and serves a page anew after one died', async () => {
    const { link, child } = await rooms.start('core', writeConfig(folder, 'http://127.0.0.1:9'));
    const firstPort = link.openPort('page');
    const core = clientOf(firstPort);
    const view = await statusWhen(core, ({ outOfService }) => outOfService === undefined);
    expect(view).toMatchObject({ hall: { name: '望岭县政务服务中心' }, waiting: 0 });
    expect(view.services).toContainEqual({ service: 'apply', available: false, why: 'id-reader' });
    expect((await core.catalogue.list()).length).toBeGreaterThanOrEqual(3);
    await core.session.start({ locale: 'zh-CN' });
    firstPort.close();

    const again = clientOf(link.openPort('page'));
    await expect(again.session.consent()).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
    const gone = once(child, 'exit');
    child.disconnect();
    expect(await gone).toEqual([0, null]);
    const log = readFileSync(join(folder, 'logs', 'core.log'), 'utf8');
    expect(log).toContain('core.page-gone');
    expect(log).not.toContain('core.bug');
  });

  it('core says what is wrong with its configuration instead of not starting', async () => {
    const { link } = await rooms.start('core', join(folder, 'missing.json'));
    const core = clientOf(link.openPort('page'));
    const view = await statusWhen(core, ({ outOfService }) => outOfService?.reason !== 'starting');
    expect(view.outOfService).toMatchObject({ reason: 'config-unreadable', detail: expect.stringContaining('ENOENT') });
  });

  it('the platform says where it listens and answers there; core finds it', async () => {
    const child = fork(join(source, 'platform', 'process.ts'), ['--plain-http'], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [message] = await once(child, 'message');
    const { url } = message;
    const { link } = await rooms.start('core', writeConfig(folder, url));
    const view = await statusWhen(clientOf(link.openPort('page')), ({ platform }) => platform !== 'unknown');
    expect(view.platform).toBe('reachable');
  });

  it('core sees the devices of the device process, also after its restart', async () => {
    const device = {
      id: 'printer',
      class: 'ticket-printer',
      driver: 'escpos-printer',
      profile: '80mm-gs-h',
      link: { kind: 'simulated' },
    };
    const configPath = writeConfig(folder, 'http://127.0.0.1:9', [device]);
    const { link } = await rooms.start('core', configPath);
    const core = clientOf(link.openPort('page'));
    const attachDevices = async () => {
      const devices = await rooms.start('devices', configPath);
      joinPorts(link.openPort('devices'), devices.link.openPort('core'));
      return devices.child;
    };
    const first = await attachDevices();
    await statusWhen(core, ({ devices }) => devices.some(({ id, state }) => id === 'printer' && state === 'ready'));
    first.kill('SIGKILL');
    await statusWhen(core, ({ devices }) => devices.some(({ reason }) => reason === 'process-gone'));
    await attachDevices();
    await statusWhen(core, ({ devices }) => devices.some(({ id, state }) => id === 'printer' && state === 'ready'));
  });
});
