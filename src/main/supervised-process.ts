import { utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { FromProcess, PortMessage, StartMessage } from '../contract/process-messages.ts';
import {
  HEARTBEAT_EVERY,
  HEARTBEATS_MISSED_MAX,
  RESTART_CAP,
  RESTART_FIRST,
  RESTART_FORGIVEN_AFTER,
} from './limits.ts';

export interface ProcessEvents {
  /** A new process was started: hand it its ports. */
  onStarted(): void;
  /** It ended or hung; a new one follows by itself after `pause` milliseconds. */
  onLost(cause: 'exited' | 'hung', code: number | undefined, pause: number): void;
  onReady(): void;
  /** Core has brought everything under the new device key. */
  onFormerKeyUnused(): void;
}

/**
 * Keeps one of our processes alive. Health is told by its answers to pings, not by its exit code: a killed utility
 * process ends with 0.
 */
export class SupervisedProcess {
  readonly #name: string;
  readonly #entry: string;
  readonly #start: Promise<StartMessage>;
  readonly #events: ProcessEvents;
  #child: UtilityProcess | undefined;
  #pause = 0;
  #stopping = false;

  constructor(name: string, entry: string, start: Promise<StartMessage>, events: ProcessEvents) {
    this.#name = name;
    this.#entry = entry;
    this.#start = start;
    this.#events = events;
  }

  run(): void {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: this.#name, stdio: 'inherit' });
    const startedAt = Date.now();
    let unanswered = 0;
    let hung = false;
    this.#child = child;
    // The process loads its code while its start values are still being put together.
    void this.#start.then((message) => child.postMessage(message));
    const heartbeat = setInterval(() => {
      if (unanswered >= HEARTBEATS_MISSED_MAX && child.pid !== undefined) {
        hung = true;
        // Not `child.kill()`: its SIGTERM waits in line with everything else that a stopped process does not see.
        process.kill(child.pid, 'SIGKILL');
        return;
      }
      unanswered += 1;
      child.postMessage({ type: 'ping' });
    }, HEARTBEAT_EVERY);
    child.on('message', (message: FromProcess) => {
      unanswered = 0;
      if (message.type === 'ready') this.#events.onReady();
      else if (message.type === 'former-key-unused') this.#events.onFormerKeyUnused();
    });
    child.once('exit', (code) => {
      clearInterval(heartbeat);
      this.#child = undefined;
      if (this.#stopping) return;
      if (Date.now() - startedAt > RESTART_FORGIVEN_AFTER) this.#pause = 0;
      const pause = this.#pause;
      this.#pause = Math.min(RESTART_CAP, Math.max(RESTART_FIRST, pause * 2));
      this.#events.onLost(hung ? 'hung' : 'exited', code, pause);
      setTimeout(() => {
        if (!this.#stopping) this.run();
      }, pause);
    });
    this.#events.onStarted();
  }

  /** Gives the process a line to one of its peers. Without a process the port is closed, so that the peer notices. */
  give(peer: PortMessage['peer'], port: MessagePortMain): void {
    const child = this.#child;
    // After the start values: a process cannot serve anyone before it has them.
    if (child) void this.#start.then(() => child.postMessage({ type: 'port', peer }, [port]));
    else port.close();
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** Ends the process for good. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill();
    await gone;
  }
}
