import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import type { CoreApi } from '../../../src/contract/core-api.ts';
import { connectToChild } from '../../../src/contract/process-link.ts';
import type { StatusView } from '../../../src/contract/visit-view.ts';
import { BenchDevices } from '../../fixtures/bench-devices.ts';
import { benchKey, writeConfig } from '../../fixtures/core-bench.ts';
import type { ChildSettings, FromHarness } from './kiosk-settings.ts';

const program = join(import.meta.dirname, 'kiosk-child.ts');

/** Compiled code is kept between processes: a run starts thousands of them. */
export const childEnvironment = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'kiosk-chaos-compiled') };

export interface KioskOptions extends Partial<ChildSettings> {
  /** Holds configuration, data and logs; the same for all lives of a kiosk. */
  readonly folder: string;
  readonly platformUrl: string;
  readonly kioskId?: string;
  /** A program, with its arguments, that is to run the kiosk: strace. */
  readonly tracer?: readonly string[];
  /** Options of Node itself; not together with a tracer. */
  readonly nodeOptions?: readonly string[];
}

export type KioskCore = ContractRouterClient<CoreApi>;

/** How a kiosk's process ended. */
export interface KioskEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it said of itself, for a bug that nobody expected. */
  readonly said: string;
}

/** Thrown by whatever waits for a kiosk that ended meanwhile. */
export class KioskGone extends Error {
  readonly end: KioskEnd;
  constructor(end: KioskEnd) {
    super(`the kiosk ended with ${end.signal ?? end.code}${end.said === '' ? '' : `: ${end.said}`}`);
    this.name = 'KioskGone';
    this.end = end;
  }
}

/** Core as a process of its own, and what it is joined to: a page and devices in the harness's hands. */
export class Kiosk {
  readonly child: ChildProcess;
  readonly core: KioskCore;
  readonly devices = new BenchDevices();
  readonly ended: Promise<KioskEnd>;

  private constructor(child: ChildProcess, core: KioskCore, ended: Promise<KioskEnd>) {
    this.child = child;
    this.core = core;
    this.ended = ended;
  }

  /** Resolves when the process answers calls, which is before it is in service. */
  static async start(options: KioskOptions): Promise<Kiosk> {
    const {
      folder,
      platformUrl,
      kioskId,
      tracer = [],
      nodeOptions = [],
      startAt = Date.now(),
      speed = 1,
      waitShare = 0.02,
    } = options;
    const [logDir, dataDir] = [join(folder, 'logs'), join(folder, 'data')];
    mkdirSync(logDir, { recursive: true });
    const config = writeConfig(folder, platformUrl, [], kioskId === undefined ? {} : { kioskId });
    const settings: ChildSettings = { startAt, speed, waitShare };
    const [execPath = process.execPath, ...execArgv] = tracer;
    const child = fork(program, [JSON.stringify(settings)], {
      execPath,
      execArgv: tracer.length === 0 ? [...nodeOptions] : [...execArgv, process.execPath],
      env: childEnvironment,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // A group of its own: a signal to the tracer alone would leave behind what it traces.
      detached: true,
    });
    // Rejects when there is no such program to run.
    await once(child, 'spawn');
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const exit = Promise.withResolvers<Pick<KioskEnd, 'code' | 'signal'>>();
    // Not its `close`: there is none after a disconnection.
    child.once('exit', (code, signal) => exit.resolve({ code, signal }));
    const whole = child.stderr && once(child.stderr, 'close');
    const ended = Promise.all([exit.promise, whole]).then(([how]): KioskEnd => ({
      ...how,
      said: said.slice(0, 2_000),
    }));
    // A message to a process that has just ended; that it has is told by its end.
    child.on('error', () => undefined);
    const link = connectToChild(child);
    const ready = new Promise<void>((resolve) => link.onMessage(({ type }) => type === 'ready' && resolve()));
    link.send({
      type: 'start',
      configPath: config,
      dataDir,
      logDir,
      appVersion: '0.0.0',
      deviceKey: benchKey.toString('base64'),
    });
    const page = link.openPort('page');
    const core: KioskCore = createORPCClient(new RPCLink({ port: page }));
    page.start();
    const kiosk = new Kiosk(child, core, ended);
    const devices = link.openPort('devices');
    new RPCHandler(kiosk.devices.router).upgrade(devices);
    devices.start();
    await kiosk.alive(ready);
    return kiosk;
  }

  /** The work's own result, or {@link KioskGone} when the process ends before. */
  async alive<T>(work: Promise<T>): Promise<T> {
    const gone = this.ended.then((end) => {
      throw new KioskGone(end);
    });
    try {
      return await Promise.race([work, gone]);
    } catch (error) {
      // The end of its line is heard of before its own.
      if (this.child.exitCode === null && this.child.signalCode === null) throw error;
      return gone;
    }
  }

  /** Resolves with the first status of which that is true. */
  until(isIt: (status: StatusView) => boolean): Promise<StatusView> {
    return this.alive(this.#until(isIt));
  }

  async #until(isIt: (status: StatusView) => boolean): Promise<StatusView> {
    for await (const status of await this.core.system.watchStatus()) if (isIt(status)) return status;
    throw new Error('the status ended');
  }

  /** Resolves when core has opened its store, or says why it cannot serve. */
  async settled(): Promise<StatusView> {
    return this.until(({ outOfService }) => outOfService?.reason !== 'starting');
  }

  advance(milliseconds: number): void {
    const message: FromHarness = { type: 'advance', milliseconds };
    if (this.child.connected) this.child.send(message);
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null && this.child.pid !== undefined) {
      try {
        process.kill(-this.child.pid, 'SIGKILL');
      } catch (error) {
        // It ended by itself a moment ago.
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    }
    await this.ended;
  }

  /** As the shell ends it. */
  async stop(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }
}
