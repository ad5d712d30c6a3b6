import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { destination, pino } from 'pino';
import { createEventLog, type EventLog } from '../contract/log.ts';
import { connectToParent, type ApiPort } from '../contract/process-link.ts';
import { createRouter } from './api/router.ts';
import { DeviceLink, type DeviceClient } from './device/device-link.ts';
import { CoreRoom } from './room.ts';
import { systemClock } from './system-clock.ts';
import { describeBug } from './technical.ts';

/** The core process: an Electron utility process, or a plain Node child with an IPC channel. */

const BUG_EXIT_CODE = 70;
const LOG_BUFFER_BYTES = 1_000_000;

const link = connectToParent(process);
let room: CoreRoom | undefined;
let handler: RPCHandler<Record<never, never>> | undefined;

link.onStart(({ type: _type, logDir, ...values }) => {
  const log = openLog(logDir);
  const onBug = (error: unknown) => {
    log('core.bug', describeBug(error));
    process.exit(BUG_EXIT_CODE);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  room = new CoreRoom({
    clock: systemClock,
    random: { fraction: Math.random, bytes: randomBytes },
    fetch: globalThis.fetch,
    log,
    devices: new DeviceLink(log),
    onBug,
  });
  handler = new RPCHandler(createRouter(room));
  // The page is answered from now on, while configuration, catalogue and store are still being opened.
  link.send({ type: 'ready' });
  room.start(values).catch(onBug);
});

link.onPort((peer, port) => {
  if (!room || !handler) throw new Error('a port came before the start values');
  if (peer === 'page') servePage(room, handler, port);
  else if (peer === 'devices') followDevices(room.deps.devices, port);
  port.start();
});

link.onParentGone(() => {
  room?.stop();
  process.exit(0);
});

function servePage(to: CoreRoom, over: RPCHandler<Record<never, never>>, port: ApiPort): void {
  port.on('close', () => to.pageGone());
  over.upgrade(port);
}

function followDevices(devices: DeviceLink, port: ApiPort): void {
  const client: DeviceClient = createORPCClient(new RPCLink({ port }));
  const lost = devices.connect(client);
  port.on('close', lost);
}

function openLog(folder: string): EventLog {
  mkdirSync(folder, { recursive: true });
  const file = destination({ dest: join(folder, 'core.log'), sync: true, maxLength: LOG_BUFFER_BYTES });
  // A full disk must not end the process for want of a log line: it is kept and written with a later one.
  file.on('error', () => undefined);
  return createEventLog(pino({ base: { pid: process.pid } }, file), { strict: false });
}
