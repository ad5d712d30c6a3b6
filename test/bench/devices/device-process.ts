import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { DeviceConfig } from '../../../src/contract/config.ts';
import type { DeviceApi } from '../../../src/contract/device-api.ts';
import { connectToChild } from '../../../src/contract/process-link.ts';

const entry = join(import.meta.dirname, '../../../src/devices/process.ts');
const watcher = join(import.meta.dirname, 'loop-delay.ts');

const loopDelay = z.object({
  type: z.literal('loop-delay'),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  samples: z.int().positive(),
});
export type LoopDelay = z.infer<typeof loopDelay>;
export type DeviceClient = ContractRouterClient<DeviceApi>;

/** The device process in plain Node, as core has it, with its event loop watched. */
export class DeviceProcess {
  readonly client: DeviceClient;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, client: DeviceClient) {
    this.#child = child;
    this.client = client;
  }

  /** Resolves when every device is ready. */
  static async start(folder: string, devices: readonly DeviceConfig[]): Promise<DeviceProcess> {
    const configPath = join(folder, 'kiosk.json');
    const config = {
      kioskId: 'KIOSK01',
      hall: { code: '990101', name: '示范市政务服务大厅', hours: '9:00–17:00', phone: '0100-5550101' },
      platform: { url: 'http://127.0.0.1:1' },
      catalogue: 'catalogue',
      devices,
    };
    await writeFile(configPath, JSON.stringify(config));
    const child = fork(entry, { execArgv: ['--import', watcher], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const link = connectToChild(child);
    const ready = new Promise<void>((resolve, reject) => {
      link.onMessage(({ type }) => type === 'ready' && resolve());
      child.once('exit', () => reject(new Error('the device process ended')));
    });
    link.send({ type: 'start', appVersion: '0.0.0', configPath, dataDir: folder, logDir: folder });
    await ready;
    const port = link.openPort('core');
    const client: DeviceClient = createORPCClient(new RPCLink({ port }));
    port.start();
    for await (const views of await client.devices.watch())
      if (views.length === devices.length && views.every(({ state }) => state === 'ready')) break;
    return new DeviceProcess(child, client);
  }

  /** How long the event loop was held up since the last call. */
  async loopDelay(): Promise<LoopDelay> {
    const told = new Promise<LoopDelay>((resolve) => {
      const hear = (message: unknown): void => {
        const { data } = loopDelay.safeParse(message);
        if (!data) return;
        this.#child.off('message', hear);
        resolve(data);
      };
      this.#child.on('message', hear);
    });
    this.#child.kill('SIGUSR2');
    return told;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}
