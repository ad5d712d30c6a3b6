import { SerialPort } from 'serialport';
import type { PortView } from '../../contract/diagnosis.ts';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { OpenFailure } from '../driver.ts';
import { listHidDevices } from '../transports/node-hid.ts';
import { LINUX_ONLY } from '../transports/usb-printer.ts';
import type { HidUsage } from './hid-usages.ts';
import type { UsbIds } from './usb-device.ts';
import { usbPrinterPorts, usbSerialPorts } from './usb-device.ts';

/** A port of a USB device, as the system lists it. */
export interface UsbPort extends UsbIds {
  readonly path: string;
  readonly serialNumber?: string;
  /** Of HID devices, where the system tells. */
  readonly usage?: HidUsage;
}

/** Every port with a USB device behind it, whether it is used or not; a kind that cannot be listed has none. */
export async function listAllPorts(): Promise<PortView[]> {
  const [serial, hid, printers] = await Promise.all([listSerialPorts(), listHidPorts(), listUsbPrinters()]);
  const viewed = (kind: PortView['kind'], list: PortList): PortView[] =>
    list.ok ? list.value.map(({ usage: _usage, ...port }) => ({ kind, ...port })) : [];
  return [...viewed('serial', serial), ...viewed('hid', hid), ...viewed('usb-printer', printers)];
}

export type PortList = Result<readonly UsbPort[], OpenFailure>;

/**
 * On Linux as the kernel tells: serialport's own list starts the program `udevadm` and reads all that it knows of the whole
 * machine, and while a device is missing it is listed again and again.
 */
export async function listSerialPorts(): Promise<PortList> {
  if (process.platform === 'linux') return done(await usbSerialPorts('/sys'));
  try {
    const ports = await SerialPort.list();
    return done(
      ports.flatMap(({ path, vendorId, productId, serialNumber }) =>
        vendorId === undefined || productId === undefined
          ? []
          : [{ path, vendorId, productId, ...(serialNumber === undefined ? {} : { serialNumber }) }],
      ),
    );
  } catch (error) {
    return refused('port-failed', error instanceof Error ? error.message : '');
  }
}

export async function listHidPorts(): Promise<PortList> {
  const devices = await listHidDevices();
  if (!devices.ok) return devices;
  return done(
    devices.value.flatMap(({ path, vendorId, productId, serialNumber, usagePage, usage }) =>
      path === undefined
        ? []
        : [
            {
              path,
              vendorId: hex(vendorId),
              productId: hex(productId),
              ...(serialNumber === undefined ? {} : { serialNumber }),
              ...(usagePage === undefined || usage === undefined ? {} : { usage: { page: usagePage, usage } }),
            },
          ],
    ),
  );
}

export async function listUsbPrinters(): Promise<PortList> {
  return process.platform === 'linux' ? done(await usbPrinterPorts('/sys')) : refused('link-unfit', LINUX_ONLY);
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
