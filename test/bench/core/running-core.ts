import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { CoreApi } from '../../../src/contract/core-api.ts';
import type { StatusView } from '../../../src/contract/visit-view.ts';
import { type RoomProcess, RoomProcesses } from '../../integration/support/room-process.ts';

const resident = z.object({ type: z.literal('resident'), bytes: z.int().positive() });
const gauge = new URL('resident.ts', import.meta.url).href;

/** Core as a process of its own, as it is in service, with the page's line to it. */
export class RunningCore {
  readonly #rooms: RoomProcesses;
  readonly #room: RoomProcess;
  readonly #client: ContractRouterClient<CoreApi>;

  private constructor(rooms: RoomProcesses, room: RoomProcess) {
    this.#rooms = rooms;
    this.#room = room;
    const port = room.link.openPort('page');
    this.#client = createORPCClient(new RPCLink({ port }));
    port.start();
  }

  static async start(folder: string, configPath: string): Promise<RunningCore> {
    const rooms = new RoomProcesses(folder);
    return new RunningCore(rooms, await rooms.start('core', configPath, ['--expose-gc', '--import', gauge]));
  }

  /** The first status of that kind. */
  async until(wanted: (view: StatusView) => boolean): Promise<StatusView> {
    for await (const view of await this.#client.system.watchStatus()) {
      if (view.outOfService && view.outOfService.reason !== 'starting') throw new Error(view.outOfService.reason);
      if (wanted(view)) return view;
    }
    throw new Error('core has ended');
  }

  /** Bytes in memory after everything that is of no more use was collected. */
  async residentBytes(): Promise<number> {
    const { child } = this.#room;
    child.kill('SIGUSR2');
    for (;;) {
      const [message]: unknown[] = await once(child, 'message');
      const told = resident.safeParse(message);
      if (told.success) return told.data.bytes;
    }
  }

  stop(): Promise<void> {
    return this.#rooms.stop();
  }
}
