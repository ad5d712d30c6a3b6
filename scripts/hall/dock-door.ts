import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fromDock } from '../../src/contract/dock.ts';
import type { DockAction, DockDevice, DockEvent, FromHall } from '../../src/contract/dock.ts';

export interface DockDoorDeps {
  readonly devices: readonly DockDevice[];
  readonly act: (device: string, action: DockAction) => Promise<unknown>;
  /** When the dock may come: it has to wait for the kiosk. */
  readonly inService: () => Promise<void>;
}

/** Where the simulator dock of a kiosk comes in: a local socket, for this user alone. */
export class DockDoor {
  readonly path: string;
  readonly #deps: DockDoorDeps;
  readonly #server: Server;
  readonly #docks = new Set<Socket>();
  /** How many docks have come so far. */
  visits = 0;

  private constructor(path: string, deps: DockDoorDeps) {
    this.path = path;
    this.#deps = deps;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  static async open(deps: DockDoorDeps): Promise<DockDoor> {
    // Beside the hall's own folder: the path of a socket can hardly be longer than a hundred characters.
    const folder = await mkdtemp(join(tmpdir(), 'hall-dock-'));
    const door = new DockDoor(join(folder, 'door'), deps);
    door.#server.listen(door.path);
    await once(door.#server, 'listening');
    return door;
  }

  tell({ device, event }: DockEvent): void {
    // What a printer puts on paper is long, and nobody reads it here.
    const { bytes: _, ...rest } = event;
    for (const dock of this.#docks) send(dock, { type: 'event', device, event: rest });
  }

  async close(): Promise<void> {
    for (const dock of this.#docks) dock.destroy();
    this.#server.close();
    await rm(dirname(this.path), { recursive: true });
  }

  #welcome(socket: Socket): void {
    this.visits += 1;
    socket.on('close', () => this.#docks.delete(socket));
    // The dock ends with its kiosk, as a rule without a word.
    socket.on('error', () => undefined);
    const lines = createInterface({ input: socket });
    lines.on('line', (line) => void this.#take(socket, line));
    lines.on('error', () => undefined);
    void this.#deps.inService().then(() => {
      send(socket, { type: 'devices', devices: [...this.#deps.devices] });
      this.#docks.add(socket);
    });
  }

  async #take(socket: Socket, line: string): Promise<void> {
    const { request, device, action } = fromDock.parse(JSON.parse(line));
    const refused = await this.#deps.act(device, action).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    send(socket, { type: 'acted', request, ...(refused === undefined ? {} : { refused }) });
  }
}

function send(socket: Socket, message: FromHall): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
