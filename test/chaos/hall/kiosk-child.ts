// First, as in the core process itself.
import '../../../src/contract/lean-start.ts';
import { randomBytes } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { connectToParent } from '../../../src/contract/process-link.ts';
import { describeBug } from '../../../src/contract/technical.ts';
import { createRouter } from '../../../src/core/api/router.ts';
import { type DeviceClient, DeviceLink } from '../../../src/core/device/device-link.ts';
import { openLog } from '../../../src/core/log-file.ts';
import { CoreRoom } from '../../../src/core/room.ts';
import { createHttpFetch } from '../../../src/core/sync/http-fetch.ts';
import { workingDays } from '../../../src/core/working-days.ts';
import { childSettings, RESTART_EXIT_CODE, type FromHarness } from './kiosk-settings.ts';
import { WarpClock } from './warp-clock.ts';

/**
 * The core process as it is, but for its clock, which goes as the harness says. It is told so by one argument, settings as
 * JSON, and by messages beside those of the shell.
 */

const BUG_EXIT_CODE = 70;

const { startAt, speed, waitShare } = childSettings.parse(JSON.parse(process.argv[2] ?? ''));
const clock = new WarpClock(startAt, speed);
const link = connectToParent(process);
let room: CoreRoom | undefined;
let handler: RPCHandler<Record<never, never>> | undefined;

process.on('message', (message: FromHarness) => {
  if (message.type === 'advance') clock.advance(message.milliseconds);
});

link.onStart(({ type: _type, logDir, ...values }) => {
  const log = openLog(logDir);
  const onBug = (error: unknown) => {
    log('core.bug', describeBug(error));
    console.error(error);
    process.exit(BUG_EXIT_CODE);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  const fraction = () => 1 - waitShare * (1 - Math.random());
  const random = { fraction, bytes: randomBytes };
  const devices = new DeviceLink(log);
  const restart = () => end(RESTART_EXIT_CODE);
  const fetch = createHttpFetch();
  room = new CoreRoom({ clock, random, fetch, log, devices, onBug, restart, addWorkingDays: workingDays() });
  handler = new RPCHandler(createRouter(room));
  link.send({ type: 'ready' });
  room.start(values).catch(onBug);
});

link.onPort((peer, port) => {
  if (!room || !handler) throw new Error('a port came before the start values');
  if (peer === 'page') handler.upgrade(port);
  else {
    const client: DeviceClient = createORPCClient(new RPCLink({ port }));
    const lost = room.deps.devices.connect(client);
    port.on('close', lost);
  }
  port.start();
});

link.onParentGone(() => end(0));

function end(code: number): never {
  room?.stop();
  process.exit(code);
}
