import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { UsbFunctions, UsbInterface } from './allowed-device.ts';
import type { HidUsage } from './hid-usages.ts';
import { applicationUsages } from './hid-usages.ts';

/** Four lower-case hexadecimal digits each. */
export interface UsbIds {
  readonly vendorId: string;
  readonly productId: string;
}

export type UsbDevice = UsbIds & UsbFunctions;

/** A port with the ids of the USB device that it belongs to. */
export interface UsbDevicePort extends UsbIds {
  readonly path: string;
  readonly serialNumber?: string;
}

/** The serial ports of USB devices, as the Linux kernel knows them. */
export async function usbSerialPorts(sysfs: string): Promise<readonly UsbDevicePort[]> {
  return portsOf(sysfs, 'tty', await list(join(sysfs, 'class', 'tty')), '/dev');
}

/** The same for printers of the USB printer class; its driver shares a folder with others that have but few devices. */
export async function usbPrinterPorts(sysfs: string): Promise<readonly UsbDevicePort[]> {
  const names = await list(join(sysfs, 'class', 'usbmisc'));
  const printers = names.filter((name) => /^lp\d+$/.test(name));
  return portsOf(sysfs, 'usbmisc', printers, '/dev/usb');
}

async function portsOf(
  sysfs: string,
  kind: string,
  names: readonly string[],
  nodes: string,
): Promise<readonly UsbDevicePort[]> {
  const ports = await Promise.all(
    names.map(async (name) => {
      // Of the many terminals only those below a USB controller are looked at.
      const place = await orNothing(readlink(join(sysfs, 'class', kind, name)), '');
      const path = `${nodes}/${name}`;
      const usb = place.includes('/usb') ? await usbFolder(path, sysfs) : undefined;
      if (usb === undefined) return [];
      const [ids, serialNumber] = await Promise.all([readIds(usb), readText(usb, 'serial')]);
      return ids ? [{ path, ...ids, ...(serialNumber === undefined ? {} : { serialNumber }) }] : [];
    }),
  );
  return ports.flat();
}

/**
 * What the Linux kernel knows of the USB device behind a port such as `/dev/ttyACM0`, `/dev/hidraw0` or `/dev/usb/lp0`. Nothing for what
 * hangs on no USB, or is gone, and on other systems.
 */
export async function usbDeviceBehind(port: string, sysfs: string): Promise<UsbDevice | undefined> {
  const folder = await usbFolder(port, sysfs);
  const ids = folder === undefined ? undefined : await readIds(folder);
  if (folder === undefined || ids === undefined) return undefined;
  const parts = (await list(folder)).filter((name) => name.includes(':'));
  const described = await Promise.all(parts.map((name) => readInterface(join(folder, name))));
  return {
    ...ids,
    interfaces: described.map((part) => part.usb),
    usages: described.flatMap((part) => part.usages),
  };
}

async function readIds(folder: string): Promise<UsbIds | undefined> {
  const [vendorId, productId] = await Promise.all([readText(folder, 'idVendor'), readText(folder, 'idProduct')]);
  return vendorId === undefined || productId === undefined ? undefined : { vendorId, productId };
}

async function usbFolder(port: string, sysfs: string): Promise<string | undefined> {
  const name = basename(await orNothing(realpath(port), port));
  for (const kind of ['tty', 'hidraw', 'usbmisc']) {
    let folder = await orNothing(realpath(join(sysfs, 'class', kind, name)), '');
    while (folder.length > sysfs.length) {
      if ((await list(folder)).includes('idVendor')) return folder;
      folder = dirname(folder);
    }
  }
  return undefined;
}

async function readInterface(folder: string): Promise<{ usb: UsbInterface; usages: HidUsage[] }> {
  const number = async (name: string): Promise<number> => Number.parseInt((await readText(folder, name)) ?? '0', 16);
  const [kind, subclass, protocol, names] = await Promise.all([
    number('bInterfaceClass'),
    number('bInterfaceSubClass'),
    number('bInterfaceProtocol'),
    list(folder),
  ]);
  const descriptors = names.map((name) => orNothing(readFile(join(folder, name, 'report_descriptor')), undefined));
  const found = await Promise.all(descriptors);
  const usages = found.flatMap((descriptor) => (descriptor ? applicationUsages(descriptor) : []));
  return { usb: { class: kind, subclass, protocol }, usages };
}

async function readText(folder: string, name: string): Promise<string | undefined> {
  return (await orNothing(readFile(join(folder, name), 'utf8'), undefined))?.trim();
}

function list(folder: string): Promise<readonly string[]> {
  return orNothing<readonly string[]>(readdir(folder), []);
}

/** Whatever cannot be read is not there: a device may go at any moment. */
function orNothing<T>(reading: Promise<T>, nothing: T): Promise<T>;
function orNothing<T>(reading: Promise<T>, nothing: undefined): Promise<T | undefined>;
function orNothing<T>(reading: Promise<T>, nothing: T | undefined): Promise<T | undefined> {
  return reading.catch(() => nothing);
}
