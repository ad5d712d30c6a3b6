import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectToChild, type ChildLink } from '../../../src/contract/process-link.ts';
import { benchKey } from '../../fixtures/core-bench.ts';

const source = join(import.meta.dirname, '../../../src');

export interface RoomProcess {
  readonly child: ChildProcess;
  readonly link: ChildLink;
}

/** Rooms as plain Node processes on the folder of one test. */
export class RoomProcesses {
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Resolves once the room says that it is ready. */
  async start(room: 'core' | 'devices', configPath: string, execArgv: readonly string[] = []): Promise<RoomProcess> {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const child = fork(join(source, room, 'process.ts'), { execArgv: [...execArgv], stdio: [...stdio] });
    this.#children.push(child);
    const link = connectToChild(child);
    const ready = new Promise<void>((resolve) => link.onMessage(({ type }) => type === 'ready' && resolve()));
    link.send({
      type: 'start',
      configPath,
      dataDir: join(this.#folder, 'data'),
      logDir: join(this.#folder, 'logs'),
      appVersion: '0.0.0',
      ...(room === 'core' && { deviceKey: benchKey.toString('base64') }),
    });
    await ready;
    return { child, link };
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}
