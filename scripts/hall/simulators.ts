import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulatedDevice } from '../../src/devices/simulator-host.ts';

const entry = join(import.meta.dirname, '../../src/devices/simulator-host-process.ts');

export type DeviceEvent = Readonly<Record<string, unknown>>;

interface HostMessage {
  readonly ready?: true;
  readonly device?: string;
  readonly path?: string;
  readonly actions?: object;
  readonly event?: DeviceEvent;
  readonly request?: number;
  readonly acted?: DeviceEvent;
  readonly refused?: string;
}

/** Simulated devices in a process of their own, each behind a real terminal. */
export class HallSimulators {
  readonly #child: ChildProcess;
  readonly #onEvent: (device: string, event: DeviceEvent) => void;
  /** The port of each device. */
  readonly ports = new Map<string, string>();
  /** What each can be told, as JSON Schema. */
  readonly actions = new Map<string, object>();
  readonly #answers = new Map<number, (message: HostMessage) => void>();
  #requests = 0;

  private constructor(child: ChildProcess, onEvent: (device: string, event: DeviceEvent) => void) {
    this.#child = child;
    this.#onEvent = onEvent;
  }

  static async open(
    directory: string,
    devices: readonly SimulatedDevice[],
    onEvent: (device: string, event: DeviceEvent) => void,
  ): Promise<HallSimulators> {
    const child = fork(entry, [JSON.stringify({ directory, devices })], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const simulators = new HallSimulators(child, onEvent);
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: HostMessage) => {
        if (message.ready) resolve();
        else simulators.#hear(message);
      });
      child.once('exit', () => reject(new Error('the simulated devices could not start')));
    });
    return simulators;
  }

  /** Resolves when the device has done it, with what its line has carried; the README of each driver lists what it can. */
  act(device: string, action: Readonly<Record<string, unknown>>): Promise<DeviceEvent> {
    const { promise, resolve, reject } = Promise.withResolvers<DeviceEvent>();
    this.#requests += 1;
    const request = this.#requests;
    this.#answers.set(request, ({ acted, refused }) => (acted ? resolve(acted) : reject(new Error(refused))));
    this.#child.send({ request, device, action });
    return promise;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  #hear(message: HostMessage): void {
    const { device = '', path, actions = {}, event, request = 0 } = message;
    if (path !== undefined) {
      this.ports.set(device, path);
      this.actions.set(device, actions);
    } else if (event) this.#onEvent(device, event);
    else {
      this.#answers.get(request)?.(message);
      this.#answers.delete(request);
    }
  }
}
