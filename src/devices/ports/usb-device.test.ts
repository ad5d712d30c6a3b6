import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usbDeviceBehind, usbPrinterPorts, usbSerialPorts } from './usb-device.ts';

let sysfs: string;
beforeEach(async () => {
  sysfs = await mkdtemp(join(tmpdir(), 'sysfs-'));
});
afterEach(() => rm(sysfs, { recursive: true }));

/** Files as the kernel lays them out below /sys. */
async function lay(files: Readonly<Record<string, string | Uint8Array>>, links: Readonly<Record<string, string>>) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(sysfs, name)), { recursive: true });
    await writeFile(join(sysfs, name), content);
  }
  for (const [name, target] of Object.entries(links)) {
    await mkdir(dirname(join(sysfs, name)), { recursive: true });
    await symlink(join(sysfs, target), join(sysfs, name));
  }
}

const device = 'devices/pci0/usb1/1-1';
const ids = { [`${device}/idVendor`]: '0400\n', [`${device}/idProduct`]: 'c35a\n' };
const face = (name: string, kind: string, subclass: string, protocol: string) => ({
  [`${device}/${name}/bInterfaceClass`]: `${kind}\n`,
  [`${device}/${name}/bInterfaceSubClass`]: `${subclass}\n`,
  [`${device}/${name}/bInterfaceProtocol`]: `${protocol}\n`,
});

test('a serial port tells the whole device behind it, its other interfaces too', async () => {
  await lay(
    {
      ...ids,
      ...face('1-1:1.0', '02', '02', '01'),
      ...face('1-1:1.1', '0a', '00', '00'),
      ...face('1-1:1.2', '03', '00', '00'),
      [`${device}/1-1:1.2/0003:0400:C35A.0001/report_descriptor`]: Uint8Array.of(5, 1, 9, 6, 0xa1, 1, 0xc0),
      [`${device}/1-1:1.0/tty/ttyACM0/dev`]: '166:0\n',
    },
    { 'class/tty/ttyACM0': `${device}/1-1:1.0/tty/ttyACM0` },
  );
  expect(await usbDeviceBehind('/dev/ttyACM0', sysfs)).toEqual({
    vendorId: '0400',
    productId: 'c35a',
    interfaces: [
      { class: 2, subclass: 2, protocol: 1 },
      { class: 10, subclass: 0, protocol: 0 },
      { class: 3, subclass: 0, protocol: 0 },
    ],
    usages: [{ page: 1, usage: 6 }],
  });
});

test('a HID port does the same, also by another name', async () => {
  const hid = `${device}/1-1:1.0/0003:0400:C35A.0001`;
  await lay(
    {
      ...ids,
      ...face('1-1:1.0', '03', '00', '00'),
      [`${hid}/report_descriptor`]: Uint8Array.of(6, 0, 0xff, 9, 1, 0xa1, 1, 0xc0),
      [`${hid}/hidraw/hidraw3/dev`]: '240:3\n',
      'dev/hidraw3': '',
    },
    { 'class/hidraw/hidraw3': `${hid}/hidraw/hidraw3`, 'dev/card-reader': 'dev/hidraw3' },
  );
  expect(await usbDeviceBehind(join(sysfs, 'dev/card-reader'), sysfs)).toEqual({
    vendorId: '0400',
    productId: 'c35a',
    interfaces: [{ class: 3, subclass: 0, protocol: 0 }],
    usages: [{ page: 0xff00, usage: 1 }],
  });
});

test('a printer of the printer class tells what it is, and is listed among other devices of that folder', async () => {
  await lay(
    {
      ...ids,
      ...face('1-1:1.0', '07', '01', '02'),
      ...face('1-1:1.1', '08', '06', '50'),
      [`${device}/serial`]: 'P7\n',
      [`${device}/1-1:1.0/usbmisc/lp0/dev`]: '180:0\n',
      [`${device}/1-1:1.1/usbmisc/hiddev0/dev`]: '180:96\n',
    },
    {
      'class/usbmisc/lp0': `${device}/1-1:1.0/usbmisc/lp0`,
      'class/usbmisc/hiddev0': `${device}/1-1:1.1/usbmisc/hiddev0`,
    },
  );
  expect(await usbPrinterPorts(sysfs)).toEqual([
    { path: '/dev/usb/lp0', vendorId: '0400', productId: 'c35a', serialNumber: 'P7' },
  ]);
  expect(await usbDeviceBehind('/dev/usb/lp0', sysfs)).toEqual({
    vendorId: '0400',
    productId: 'c35a',
    interfaces: [
      { class: 7, subclass: 1, protocol: 2 },
      { class: 8, subclass: 6, protocol: 0x50 },
    ],
    usages: [],
  });
  expect(await usbPrinterPorts('/nowhere')).toEqual([]);
});

test('a port on no USB, and one that is not there', async () => {
  await lay(
    { 'devices/platform/serial8250/tty/ttyS0/dev': '4:64\n' },
    { 'class/tty/ttyS0': 'devices/platform/serial8250/tty/ttyS0' },
  );
  expect(await usbDeviceBehind('/dev/ttyS0', sysfs)).toBeUndefined();
  expect(await usbDeviceBehind('/dev/ttyACM7', sysfs)).toBeUndefined();
});

test('the serial ports of USB devices are listed with their ids, other terminals are not', async () => {
  await lay(
    {
      ...ids,
      [`${device}/serial`]: 'A 1\n',
      [`${device}/1-1:1.0/tty/ttyACM0/dev`]: '166:0\n',
      'devices/pci0/usb1/1-2/idVendor': '1a86\n',
      'devices/pci0/usb1/1-2/idProduct': '7523\n',
      'devices/pci0/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0/dev': '188:0\n',
      'devices/platform/serial8250/tty/ttyS0/dev': '4:64\n',
    },
    {
      'class/tty/ttyACM0': `${device}/1-1:1.0/tty/ttyACM0`,
      'class/tty/ttyUSB0': 'devices/pci0/usb1/1-2/1-2:1.0/ttyUSB0/tty/ttyUSB0',
      'class/tty/ttyS0': 'devices/platform/serial8250/tty/ttyS0',
    },
  );
  expect(await usbSerialPorts(sysfs)).toEqual([
    { path: '/dev/ttyACM0', vendorId: '0400', productId: 'c35a', serialNumber: 'A 1' },
    { path: '/dev/ttyUSB0', vendorId: '1a86', productId: '7523' },
  ]);
  expect(await usbSerialPorts('/nowhere')).toEqual([]);
});
