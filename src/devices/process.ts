// First, since it has to run before the first schema is made.
import '../contract/lean-start.ts';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { systemClock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import { parseKioskConfig } from '../contract/config.ts';
import type { EventLog } from '../contract/log.ts';
import { connectToParent } from '../contract/process-link.ts';
import { describeBug, technical } from '../contract/technical.ts';
import { openDeviceRecords } from './device-records.ts';
import { done } from '../domain/result.ts';
import { openLog } from './log-file.ts';
import { LineTaps } from './diagnosis/line-taps.ts';
import { openLink, systemPorts } from './open-link.ts';
import { systemLineTime } from './pacing.ts';
import { watchPorts } from './port-watch.ts';
import { listAllPorts } from './ports/port-lists.ts';
import { drivers } from './registry.ts';
import { createDeviceRouter } from './server.ts';
import { SharedLines } from './shared-lines.ts';
import { Supervisor } from './supervisor.ts';

/** The device process: an Electron utility process, or a plain Node child with an IPC channel. */

const BUG_EXIT_CODE = 70;
/** libuv's own number. */
const POOL_THREADS = 4;

const link = connectToParent(process);
let handler: RPCHandler<Record<never, never>> | undefined;
let supervisor: Supervisor | undefined;

link.onStart(({ configPath, dataDir, logDir, appVersion }) => {
  const log = openLog(logDir);
  const onBug = (error: unknown): void => {
    log('devices.bug', describeBug(error));
    process.exit(BUG_EXIT_CODE);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);
  const devices = readDevices(configPath, log);
  // Before libuv makes its threads: a HID device that is open always has one of them waiting for its next report.
  const waiting = devices.filter(({ link: { kind } }) => kind === 'hid').length;
  process.env['UV_THREADPOOL_SIZE'] = String(POOL_THREADS + waiting);
  const taps = new LineTaps();
  const deps = {
    clock: systemClock,
    time: systemLineTime,
    ports: systemPorts(devices, log),
    lines: new SharedLines(),
    // Simulators are for demos and tests: what they did is told in a file of its own, beside the log.
    onSimulated: (device: string, event: Readonly<Record<string, unknown>>) =>
      appendFileSync(join(logDir, `simulated-${device}.jsonl`), `${JSON.stringify(event)}\n`),
  };
  supervisor = new Supervisor({
    devices,
    drivers,
    open: async (config, driver) => {
      const opened = await openLink(config, driver, deps);
      return opened.ok ? done(taps.on(config.id, opened.value)) : opened;
    },
    records: openDeviceRecords(join(dataDir, 'devices.json'), log),
    clock: systemClock,
    log,
  });
  const watched = supervisor;
  watchPorts(devices, () => watched.nudge());
  handler = new RPCHandler(
    createDeviceRouter({ supervisor, clock: systemClock, log, taps, ports: listAllPorts, onBug }),
  );
  log('devices.started', { version: appVersion, devices: devices.length });
  supervisor.run().catch(onBug);
  link.send({ type: 'ready' });
});

link.onPort((_peer, port) => {
  if (!handler) throw new Error('a port came before the start values');
  handler.upgrade(port);
  port.start();
});

link.onParentGone(() => {
  supervisor?.stop();
  process.exit(0);
});

/** Without a usable configuration there are no devices; core tells staff why, since it reads the same file. */
function readDevices(path: string, log: EventLog): readonly DeviceConfig[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    log('devices.config-refused', { detail: technical(error instanceof Error ? error.message : 'unreadable') });
    return [];
  }
  const config = parseKioskConfig(text);
  if (config.ok) return config.value.devices;
  log('devices.config-refused', { detail: technical(config.detail) });
  return [];
}
