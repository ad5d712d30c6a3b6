import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fromHall } from '../../contract/dock.ts';
import type { DockAction, DockDevice, DockEvent, FromDock } from '../../contract/dock.ts';

/** The dock's line to the hall that owns the simulated devices. */
export class HallLine {
  readonly #socket: Socket;
  readonly #devices = Promise.withResolvers<readonly DockDevice[]>();
  readonly #answers = new Map<number, (refused: string | undefined) => void>();
  #requests = 0;
  onEvent: (happened: DockEvent) => void = () => undefined;

  /** @param path the hall's local socket */
  constructor(path: string) {
    this.#socket = connect(path);
    this.#socket.on('error', ({ message }) => this.#end(message));
    this.#socket.on('close', () => this.#end('the hall is closed'));
    const lines = createInterface({ input: this.#socket });
    lines.on('line', (line) => this.#hear(line));
    // The errors of the socket come here, too, and were heard above.
    lines.on('error', () => undefined);
  }

  /** The simulated devices, once the kiosk is in service. Rejects when there is no hall. */
  get devices(): Promise<readonly DockDevice[]> {
    return this.#devices.promise;
  }

  /** Answers why nothing was done, if so. */
  act(device: string, action: DockAction): Promise<string | undefined> {
    this.#requests += 1;
    const message: FromDock = { request: this.#requests, device, action };
    return new Promise((resolve) => {
      if (!this.#socket.writable) return resolve('the hall is closed');
      this.#answers.set(message.request, resolve);
      this.#socket.write(`${JSON.stringify(message)}\n`);
    });
  }

  #hear(line: string): void {
    const message = fromHall.parse(JSON.parse(line));
    switch (message.type) {
      case 'devices':
        this.#devices.resolve(message.devices);
        break;
      case 'event':
        this.onEvent({ device: message.device, event: message.event });
        break;
      case 'acted':
        this.#answers.get(message.request)?.(message.refused);
        this.#answers.delete(message.request);
        break;
    }
  }

  #end(why: string): void {
    this.#devices.reject(new Error(why));
    for (const answer of this.#answers.values()) answer(why);
    this.#answers.clear();
  }
}
