import { createRouterClient } from '@orpc/server';
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import { parseKioskConfig } from '../../src/contract/config.ts';
import { createEventLog, type EventLog } from '../../src/contract/log.ts';
import type { DeviceRecord, DeviceRecords } from '../../src/devices/device-records.ts';
import { unusedDevice } from '../../src/devices/device-records.ts';
import type { DeviceLink, DriverModule, OpenFailure } from '../../src/devices/driver.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { createDeviceRouter } from '../../src/devices/server.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { Supervisor } from '../../src/devices/supervisor.ts';
import type { Result } from '../../src/domain/result.ts';

/** Something that an installer can put right; shown without a stack. */
export class BenchProblem extends Error {
  override name = 'BenchProblem';
}

type Action = Readonly<Record<string, unknown>>;

export interface Place {
  /** Whose devices they are. */
  readonly kiosk: string;
  readonly devices: readonly DeviceConfig[];
}

/** The devices of a kiosk's configuration file. */
export function configuredPlace(path: string): Place {
  const config = parseKioskConfig(readFileSync(path, 'utf8'));
  if (!config.ok) throw new BenchProblem(`${path}: ${config.detail}`);
  return { kiosk: config.value.kioskId, devices: config.value.devices };
}

/** One simulated device of each model there is, and what is done at it, by the name of the model. */
export function simulatedPlace(actions: ReadonlyMap<string, readonly Action[]>): Place {
  const devices = drivers.map(({ name, class: kind, profiles: [profile = ''] }): DeviceConfig => ({
    id: name,
    class: kind,
    driver: name,
    profile,
    link: { kind: 'simulated', actions: [...(actions.get(name) ?? [])] },
  }));
  return { kiosk: 'SIM', devices };
}

/** Of several devices, those with that id or of that model. */
export function chosen(devices: readonly DeviceConfig[], name: string | undefined): readonly DeviceConfig[] {
  const found = name === undefined ? devices : devices.filter(({ id, driver }) => id === name || driver === name);
  if (found.length > 0) return found;
  const known = devices.map(({ id, driver }) => (id === driver ? id : `${id} (${driver})`));
  throw new BenchProblem(`There is no device ${name ?? ''} here. There are: ${known.join(', ') || 'none'}`);
}

/** A tool tells what happens by itself. */
export function silentLog(): EventLog {
  const ignore = (): void => undefined;
  return createEventLog({ debug: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore }, { strict: true });
}

type Open = (config: DeviceConfig, driver: DriverModule) => Promise<Result<DeviceLink, OpenFailure>>;

/** Remembers devices as long as this program runs: what the device process knows of them stays untouched. */
function passingRecords(): DeviceRecords {
  const records = new Map<string, DeviceRecord>();
  return {
    of: (device) => records.get(device) ?? unusedDevice,
    keep: async (device, record) => void records.set(device, record),
  };
}

/** Opens devices as the device process does. */
export function openBench(
  devices: readonly DeviceConfig[],
  open: Open = openDirectly(devices),
  records: DeviceRecords = passingRecords(),
) {
  const log = silentLog();
  const supervisor = new Supervisor({
    devices,
    drivers,
    open,
    records,
    clock: systemClock,
    log,
  });
  const onBug = (error: unknown): void => {
    throw error;
  };
  const client = createRouterClient(createDeviceRouter({ supervisor, clock: systemClock, log, onBug }));
  const running = supervisor.run();
  return {
    client,
    async close(): Promise<void> {
      supervisor.stop();
      await running;
    },
  };
}
export type Bench = ReturnType<typeof openBench>;

export function openDirectly(devices: readonly DeviceConfig[]): Open {
  const ignore = (): void => undefined;
  const ports = systemPorts(devices, silentLog());
  const lines = new SharedLines();
  return (config, driver) =>
    openLink(config, driver, { clock: systemClock, time: systemLineTime, ports, lines, onSimulated: ignore });
}
