// First, since it has to run before the first schema is made.
import '../contract/lean-start.ts';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { systemClock } from '../contract/clock.ts';
import { connectToParent, type ApiPort } from '../contract/process-link.ts';
import { describeBug } from '../contract/technical.ts';
import { createRouter } from './api/router.ts';
import { DeviceLink, type DeviceClient } from './device/device-link.ts';
import { openLog } from './log-file.ts';
import { randomBytesInStock } from './random-bytes.ts';
import { CoreRoom } from './room.ts';
import { createHttpFetch } from './sync/http-fetch.ts';
import { workingDays } from './working-days.ts';
import { doubtStore, STORE_FILE } from './store/open-store.ts';
import { isDamage } from './store/salvage.ts';

/** The core process: an Electron utility process, or a plain Node child with an IPC channel. */

const BUG_EXIT_CODE = 70;
/** Nothing is wrong: the supervisor starts the next one at once. */
const RESTART_EXIT_CODE = 75;

const link = connectToParent(process);
let room: CoreRoom | undefined;
let handler: RPCHandler<Record<never, never>> | undefined;

link.onStart(({ type: _type, logDir, ...values }) => {
  const log = openLog(logDir);
  const onBug = (error: unknown) => {
    log('core.bug', describeBug(error));
    if (isDamage(error)) doubtStore(join(values.dataDir, STORE_FILE));
    process.exit(BUG_EXIT_CODE);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  room = new CoreRoom({
    clock: systemClock,
    random: { fraction: Math.random, bytes: randomBytesInStock() },
    fetch: createHttpFetch(),
    log,
    devices: new DeviceLink(log),
    onBug,
    addWorkingDays: workingDays(),
    restart: () => {
      room?.stop();
      process.exit(RESTART_EXIT_CODE);
    },
  });
  handler = new RPCHandler(createRouter(room));
  // The page is answered from now on, while configuration, catalogue and store are still being opened.
  link.send({ type: 'ready' });
  room
    .start(values)
    .then((settled) => settled && link.send({ type: 'former-key-unused' }))
    .catch(onBug);
});

link.onPort((peer, port) => {
  if (!room || !handler) throw new Error('a port came before the start values');
  if (peer === 'page') servePage(room, handler, port);
  else if (peer === 'devices') followDevices(room.deps.devices, port);
  port.start();
});

link.onParentGone(end);

function end(): never {
  room?.stop();
  process.exit(0);
}

function servePage(to: CoreRoom, over: RPCHandler<Record<never, never>>, port: ApiPort): void {
  port.on('close', () => to.pageGone());
  over.upgrade(port);
}

function followDevices(devices: DeviceLink, port: ApiPort): void {
  const client: DeviceClient = createORPCClient(new RPCLink({ port }));
  const lost = devices.connect(client);
  port.on('close', lost);
}
