import { realpath } from 'node:fs/promises';
import type { Clock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { EventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { ByteLink, DeviceLink, DriverModule, OpenFailure, SimulatorContext } from './driver.ts';
import { isByteDriver } from './driver.ts';
import { SIMULATED_BAUD_RATE } from './limits.ts';
import type { LineTime } from './pacing.ts';
import type { PortDevice } from './ports/port-finder.ts';
import { PortFinder } from './ports/port-finder.ts';
import { listHidPorts, listSerialPorts, listUsbPrinters } from './ports/port-lists.ts';
import { usbDeviceBehind } from './ports/usb-device.ts';
import type { SharedLines } from './shared-lines.ts';
import { openHttp } from './transports/http.ts';
import { linkInProcess } from './transports/in-process.ts';
import { serviceInProcess } from './transports/in-process-http.ts';
import { openHid } from './transports/node-hid.ts';
import { openSerial } from './transports/serial.ts';
import { openTcp } from './transports/tcp.ts';
import { openUsbPrinter } from './transports/usb-printer.ts';

export interface OpenLinkDeps {
  readonly clock: Clock;
  readonly time: LineTime;
  readonly ports: PortFinder;
  /** Those of devices that have an address. */
  readonly lines: SharedLines;
  /** Something happened at a simulator inside this process. */
  readonly onSimulated: (device: string, event: Readonly<Record<string, unknown>>) => void;
}

/** Finds the ports of this machine for the devices of a configuration. */
export function systemPorts(devices: readonly DeviceConfig[], log: EventLog): PortFinder {
  return new PortFinder({
    devices,
    list: { serial: listSerialPorts, hid: listHidPorts, 'usb-printer': listUsbPrinters },
    inspect: (path) => usbDeviceBehind(path, '/sys'),
    // A path that leads nowhere now stands for itself.
    realPath: (path) => realpath(path).catch(() => path),
    log,
  });
}

/** Opens the link that a device's configuration names, if a driver of its class can use it. */
export async function openLink(
  config: DeviceConfig,
  driver: DriverModule,
  deps: OpenLinkDeps,
): Promise<Result<DeviceLink, OpenFailure>> {
  const { link, address } = config;
  if (address !== undefined && !driver.isAddressed) return refused('link-unfit', `${driver.name} has no address`);
  if (link.kind === 'simulated') return done(simulate(config, link.actions ?? [], driver, deps));
  if ((link.kind === 'http') === isByteDriver(driver))
    return refused('link-unfit', `${driver.class} over ${link.kind}`);
  if (link.kind === 'http') return done(await openHttp(link.url));
  const openLine = (): Promise<Result<ByteLink, OpenFailure>> =>
    link.kind === 'tcp' ? openTcp(link) : openPort({ ...config, link }, deps.ports);
  // The configuration has the same link for all that are on one line.
  return address === undefined ? openLine() : deps.lines.open(JSON.stringify(link), openLine);
}

async function openPort(config: PortDevice, ports: PortFinder): Promise<Result<ByteLink, OpenFailure>> {
  const { link } = config;
  const found = await ports.locate(config);
  if (!found.ok) return found;
  const path = found.value;
  const opened = await openAt(path, link);
  if (!opened.ok) return opened;
  const still = await ports.confirm(config, path);
  if (still.ok) return opened;
  await opened.value.close();
  return still;
}

function openAt(path: string, link: PortDevice['link']): Promise<Result<ByteLink, OpenFailure>> {
  switch (link.kind) {
    case 'serial':
      return openSerial({ ...link, path });
    case 'hid':
      return openHid(path, link.framing);
    case 'usb-printer':
      return openUsbPrinter(path);
  }
}

function simulate(
  { id, profile, address }: DeviceConfig,
  actions: readonly Readonly<Record<string, unknown>>[],
  driver: DriverModule,
  { clock, time, onSimulated }: OpenLinkDeps,
): DeviceLink {
  const onEvent: SimulatorContext['onEvent'] = (event) => onSimulated(id, event);
  if (isByteDriver(driver)) {
    const at = address === undefined ? {} : { address };
    const start = (context: SimulatorContext) => driver.simulate(profile, { ...context, ...at });
    const simulated = linkInProcess({ simulate: start, baudRate: SIMULATED_BAUD_RATE, clock, time, onEvent });
    for (const action of actions) simulated.simulator.act(action);
    return simulated.link;
  }
  const service = driver.simulate(profile, { clock, onEvent });
  for (const action of actions) service.act(action);
  return serviceInProcess(service);
}
