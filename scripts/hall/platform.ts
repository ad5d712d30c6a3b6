import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../src/domain/result.ts';
import type { Publication } from '../../src/platform/changes.ts';
import type { Fault } from '../../src/platform/faults.ts';
import type { Received } from '../../src/platform/store.ts';

const entry = join(import.meta.dirname, '../../src/platform/process.ts');

/** The reference platform in a process of its own, which can be stopped for real and started again on its data. */
export class HallPlatform {
  readonly #dataDir: string;
  #child: ChildProcess | undefined;
  #url = '';

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Stays the same over stops and starts. */
  get url(): string {
    return this.#url;
  }

  /** The page of what arrived, for a browser on this machine. */
  get overviewUrl(): string {
    return `${this.#url}/office/overview`;
  }

  async start(): Promise<void> {
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const log = openSync(`${this.#dataDir}.log`, 'a');
    // A hall has a platform to itself, whatever database the person at the desk has named for other work.
    const { DATABASE_URL: _other, ...env } = process.env;
    const child = fork(entry, ['--plain-http', '--data', this.#dataDir, '--port', port], {
      env,
      stdio: ['ignore', 'ignore', log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    const ready = await this.#answer<{ url: string }>(child, 'ready');
    this.#url = ready.url;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    // A Ctrl-C reaches it, too.
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }

  async received(): Promise<Received> {
    const { received } = await this.#ask<{ received: Received }>({ type: 'received' }, 'received');
    return received;
  }

  async setFault(fault: Fault): Promise<void> {
    await this.#ask({ type: 'fault', fault }, 'fault-set');
  }

  /** Tells kiosks something. */
  async publish(what: Publication): Promise<void> {
    const { published } = await this.#ask<{ published: Result<number> }>({ type: 'publish', what }, 'published');
    if (!published.ok) throw new Error(published.reason);
  }

  async #ask<T>(message: object, answer: string): Promise<T> {
    const child = this.#child;
    if (!child) throw new Error('the platform is stopped');
    const answered = this.#answer<T>(child, answer);
    child.send(message);
    return answered;
  }

  #answer<T>(child: ChildProcess, type: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: unknown) => {
        if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== type) return;
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(message as T);
      };
      const onExit = () => reject(new Error(`the platform ended before it answered ${type}`));
      child.on('message', onMessage);
      child.once('exit', onExit);
    });
  }
}
