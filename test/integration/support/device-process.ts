import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { onTestFinished } from 'vitest';
import type { DeviceApi } from '../../../src/contract/device-api.ts';
import { connectToChild } from '../../../src/contract/process-link.ts';
import type { FromProcess, StartMessage } from '../../../src/contract/process-messages.ts';

const entry = join(import.meta.dirname, '../../../src/devices/process.ts');

/** The device process in plain Node, started and ready, with a client on its port. */
export async function forkDevices(values: Pick<StartMessage, 'configPath' | 'dataDir' | 'logDir'>) {
  const child = fork(entry);
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  });
  const link = connectToChild(child);
  const said = (type: FromProcess['type']): Promise<void> =>
    new Promise((resolve) => {
      link.onMessage((message) => {
        if (message.type === type) resolve();
      });
    });
  const ready = said('ready');
  link.send({ type: 'start', appVersion: '0.0.0', ...values });
  await ready;
  const port = link.openPort('core');
  const client: ContractRouterClient<DeviceApi> = createORPCClient(new RPCLink({ port }));
  port.start();
  const pinged = (): Promise<void> => {
    const pong = said('pong');
    link.send({ type: 'ping' });
    return pong;
  };
  return { client, pinged };
}
