import type { DeviceConfig } from '../../contract/config.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { OpenFailure } from '../driver.ts';
import type { Refusal } from './allowed-device.ts';
import { refusalOf } from './allowed-device.ts';
import type { HidUsage } from './hid-usages.ts';
import type { PortList, UsbPort } from './port-lists.ts';
import type { UsbDevice, UsbIds } from './usb-device.ts';

export interface PortFinderDeps {
  /** All that may be opened. */
  readonly devices: readonly DeviceConfig[];
  readonly list: Readonly<Record<PortKind, () => Promise<PortList>>>;
  /** What is behind a port, where the system tells. */
  readonly inspect: (path: string) => Promise<UsbDevice | undefined>;
  /** The path that a name such as `/dev/serial/by-id/…` stands for. */
  readonly realPath: (path: string) => Promise<string>;
  readonly log: EventLog;
}

type PortKind = 'serial' | 'hid' | 'usb-printer';
type PortConfig = Extract<DeviceConfig['link'], { kind: PortKind }>;
/** A device whose link is a port of this machine. */
export type PortDevice = DeviceConfig & { readonly link: PortConfig };

function isPortDevice(config: DeviceConfig): config is PortDevice {
  const { kind } = config.link;
  return kind === 'serial' || kind === 'hid' || kind === 'usb-printer';
}

/** Where the configured devices are plugged in, and whether they may be used. Opens nothing. */
export class PortFinder {
  readonly #deps: PortFinderDeps;
  /** One listing serves all who ask at the same time. */
  readonly #listings = new Map<PortKind, Promise<PortList>>();
  /** Told already: each is told once until it goes. */
  #ignored: ReadonlySet<string> = new Set();
  readonly #refused = new Map<string, string>();

  constructor(deps: PortFinderDeps) {
    this.#deps = deps;
  }

  /** The path of the port that the configuration means, if what is there may be used. */
  async locate(config: PortDevice): Promise<Result<string, OpenFailure>> {
    const found = await this.#find(config);
    return found.ok ? this.#judge(config, found.value.path, found.value.listed) : found;
  }

  /** Whether a port just opened is still the one that was located: meanwhile it may have gone and another device come to its path. */
  async confirm(config: PortDevice, path: string): Promise<Result<string, OpenFailure>> {
    return this.#judge(config, path, []);
  }

  async #judge(config: PortDevice, path: string, listed: readonly UsbPort[]): Promise<Result<string, OpenFailure>> {
    const device = await this.#deps.inspect(path);
    const { usb } = config.link;
    if (device && usb && !isSame(device, usb)) return refused('wrong-device', idsOf(device));
    // Elsewhere than on Linux the list of HID devices is all there is to know of what else the device can do.
    const functions = device ?? { interfaces: [], usages: usb ? usagesOf(listed, usb) : [] };
    const refusal = refusalOf(functions);
    this.#tell(config.id, refusal, device ?? usb);
    return refusal === undefined ? done(path) : refused(refusal);
  }

  async #find({ link }: PortDevice): Promise<Result<{ path: string; listed: readonly UsbPort[] }, OpenFailure>> {
    // Of the two the configuration has exactly one.
    if (link.usb === undefined) return done({ path: link.path ?? '', listed: [] });
    const listed = await this.#list(link.kind);
    if (!listed.ok) return listed;
    const paths = new Set(listed.value.filter((port) => matches(port, link)).map(({ path }) => path));
    const [path] = paths;
    if (path === undefined) return refused('port-missing');
    return paths.size > 1 ? refused('port-ambiguous', [...paths].join(' ')) : done({ path, listed: listed.value });
  }

  #tell(device: string, refusal: Refusal | undefined, ids: UsbIds | undefined): void {
    if (refusal === undefined || ids === undefined) {
      this.#refused.delete(device);
      return;
    }
    const key = `${refusal} ${idsOf(ids)}`;
    if (this.#refused.get(device) === key) return;
    this.#refused.set(device, key);
    this.#deps.log('devices.port-refused', { device, reason: refusal, vendor: ids.vendorId, product: ids.productId });
  }

  #list(kind: PortKind): Promise<PortList> {
    const running = this.#listings.get(kind);
    if (running) return running;
    const listing = this.#listAnew(kind).finally(() => this.#listings.delete(kind));
    this.#listings.set(kind, listing);
    return listing;
  }

  async #listAnew(kind: PortKind): Promise<PortList> {
    const listed = await this.#deps.list[kind]();
    if (listed.ok) await this.#noteUnlisted(kind, listed.value);
    return listed;
  }

  async #noteUnlisted(link: PortKind, ports: readonly UsbPort[]): Promise<void> {
    const configs = this.#deps.devices.filter(isPortDevice).map((config) => config.link);
    const named = await Promise.all(
      configs.flatMap(({ path }) => (path === undefined ? [] : [this.#deps.realPath(path)])),
    );
    const isListed = (port: UsbPort): boolean =>
      named.includes(port.path) || configs.some((config) => config.kind === link && isOf(port, config));
    const unlisted = new Map(
      ports.filter((port) => !isListed(port)).map((port) => [`${link} ${port.path} ${idsOf(port)}`, port]),
    );
    for (const [key, { vendorId: vendor, productId: product }] of unlisted) {
      if (!this.#ignored.has(key)) this.#deps.log('devices.unlisted-ignored', { link, vendor, product });
    }
    const others = [...this.#ignored].filter((key) => !key.startsWith(`${link} `));
    this.#ignored = new Set([...others, ...unlisted.keys()]);
  }
}

function usagesOf(ports: readonly UsbPort[], ids: UsbIds): HidUsage[] {
  return ports.flatMap((port) => (port.usage && isSame(port, ids) ? [port.usage] : []));
}

function matches(port: UsbPort, link: PortConfig): boolean {
  if (!isOf(port, link)) return false;
  return link.kind !== 'hid' || link.usagePage === undefined || link.usagePage === port.usage?.page;
}

/** Whether the port belongs to the device that is meant, be it not the part of it that is wanted. */
function isOf(port: UsbPort, { usb }: PortConfig): boolean {
  if (usb === undefined || !isSame(port, usb)) return false;
  return usb.serialNumber === undefined || usb.serialNumber === port.serialNumber;
}

function isSame(one: UsbIds, other: UsbIds): boolean {
  return idsOf(one) === idsOf(other);
}

function idsOf({ vendorId, productId }: UsbIds): string {
  return `${vendorId}:${productId}`.toLowerCase();
}
