import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { DeviceConfig } from '../../src/contract/config.ts';
import type { DeviceApi } from '../../src/contract/device-api.ts';
import type { DeviceView } from '../../src/contract/device-classes.ts';
import { connectToChild } from '../../src/contract/process-link.ts';

type LogLine = Readonly<Record<string, unknown>>;

/** The device process as it is shipped, with a configuration of its own. */
export class BenchKiosk {
  readonly client: ContractRouterClient<DeviceApi>;
  readonly #child: ChildProcess;
  readonly #folder: string;
  #stopping = false;

  private constructor(child: ChildProcess, folder: string, client: ContractRouterClient<DeviceApi>) {
    this.#child = child;
    this.#folder = folder;
    this.client = client;
  }

  static async start(devices: readonly DeviceConfig[]): Promise<BenchKiosk> {
    const folder = await mkdtemp('/tmp/kiosk-');
    const configPath = join(folder, 'kiosk.json');
    const config = {
      kioskId: 'KIOSK01',
      hall: { code: '990101', name: '示范市政务服务大厅', hours: '9:00–17:00', phone: '0100-5550101' },
      platform: { url: 'http://127.0.0.1:1' },
      catalogue: 'catalogue',
      devices,
    };
    await writeFile(configPath, JSON.stringify(config));
    const child = fork('/bench/main/devices.js', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const link = connectToChild(child);
    const ready = new Promise<void>((resolve) => link.onMessage(({ type }) => type === 'ready' && resolve()));
    link.send({ type: 'start', appVersion: '0.0.0', configPath, dataDir: folder, logDir: folder });
    await ready;
    const port = link.openPort('core');
    const client: ContractRouterClient<DeviceApi> = createORPCClient(new RPCLink({ port }));
    port.start();
    const kiosk = new BenchKiosk(child, folder, client);
    child.on('exit', (code, signal) => {
      if (!kiosk.#stopping) void kiosk.#mourn(code, signal);
    });
    return kiosk;
  }

  /** Resolves when the device is so; rejects when it is not within the limit, and says what it is. */
  async until(id: string, wanted: (view: DeviceView) => boolean, limitMs: number): Promise<DeviceView> {
    const signal = AbortSignal.timeout(limitMs);
    let seen: DeviceView | undefined;
    try {
      for await (const views of await this.client.devices.watch(undefined, { signal })) {
        seen = views.find((view) => view.id === id);
        if (seen && wanted(seen)) return seen;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    throw new Error(`${id} is ${seen?.state} (${seen?.reason ?? 'no reason'}) after ${limitMs} ms`);
  }

  async log(event: string): Promise<readonly LogLine[]> {
    const lines = (await readFile(join(this.#folder, 'devices.log'), 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line): LogLine => JSON.parse(line)).filter((line) => line['event'] === event);
  }

  /** Ports among the files that the process has open. */
  async openPorts(): Promise<readonly string[]> {
    const folder = `/proc/${this.#child.pid}/fd`;
    const targets = await Promise.all(
      (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
    );
    return targets.filter((path) => /^\/dev\/(?:tty|hidraw|usb\/lp)/.test(path));
  }

  /** Why the process ended, for whoever reads the console. */
  async #mourn(code: number | null, signal: string | null): Promise<void> {
    const bugs = await this.log('devices.bug');
    console.log(`usb-bench: the device process ended (${code ?? signal}): ${JSON.stringify(bugs)}`);
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.#stopping = true;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
