import { expect, test } from 'vitest';
import type { DeviceConfig } from '../../contract/config.ts';
import { createEventLog } from '../../contract/log.ts';
import { done, refused } from '../../domain/result.ts';
import type { PortDevice } from './port-finder.ts';
import { PortFinder } from './port-finder.ts';
import type { PortList, UsbPort } from './port-lists.ts';
import type { UsbDevice } from './usb-device.ts';

const usb = { vendorId: '0400', productId: 'C35A' };
const reader = portDevice('reader', { kind: 'hid', usb, framing: { kind: 'unnumbered-64' } });
const printer = portDevice('printer', { kind: 'serial', path: '/dev/serial/by-id/printer', baudRate: 115_200 });
const harmless: UsbDevice = { ...usb, interfaces: [], usages: [] };

function portDevice(id: string, link: PortDevice['link']): PortDevice {
  return { id, class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', link };
}

function hidPort(path: string, more: Partial<UsbPort> = {}): UsbPort {
  return { path, vendorId: '0400', productId: 'c35a', ...more };
}

/** A machine whose ports a test changes as it goes. */
function machine(devices: readonly DeviceConfig[] = [reader, printer]) {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const note = (fields: Readonly<Record<string, unknown>>): void => void lines.push(fields);
  const state = {
    hid: done([]) as PortList,
    serial: done([]) as PortList,
    printers: done([]) as PortList,
    behind: new Map<string, UsbDevice>(),
    lines,
    listed: 0,
  };
  const finder = new PortFinder({
    devices,
    list: {
      hid: async () => {
        state.listed += 1;
        return state.hid;
      },
      serial: async () => state.serial,
      'usb-printer': async () => state.printers,
    },
    inspect: async (path) => state.behind.get(path),
    realPath: async (path) => (path === '/dev/serial/by-id/printer' ? '/dev/ttyACM0' : path),
    log: createEventLog({ debug: note, info: note, warn: note, error: note, fatal: note }, { strict: true }),
  });
  return { finder, state };
}

test('a device is found by its ids wherever it is plugged in', async () => {
  const { finder, state } = machine();
  expect(await finder.locate(reader)).toEqual({ ok: false, reason: 'port-missing' });
  state.hid = done([hidPort('/dev/hidraw2')]);
  expect(await finder.locate(reader)).toEqual({ ok: true, value: '/dev/hidraw2' });
  state.hid = done([hidPort('/dev/hidraw5')]);
  expect(await finder.locate(reader)).toEqual({ ok: true, value: '/dev/hidraw5' });
});

test('of two alike, the serial number or the usage page decides; without them neither is taken', async () => {
  const { finder, state } = machine();
  state.hid = done([
    hidPort('/dev/hidraw1', { serialNumber: 'A', usage: { page: 0x8c, usage: 2 } }),
    hidPort('/dev/hidraw2', { serialNumber: 'B', usage: { page: 0xff00, usage: 1 } }),
  ]);
  expect(await finder.locate(reader)).toMatchObject({ reason: 'port-ambiguous', detail: '/dev/hidraw1 /dev/hidraw2' });
  const { link } = reader;
  expect(await finder.locate(portDevice('b', { ...link, usb: { ...usb, serialNumber: 'B' } }))).toMatchObject({
    value: '/dev/hidraw2',
  });
  const codes = portDevice('codes', { kind: 'hid', usb, usagePage: 0x8c, framing: { kind: 'reports' } });
  expect(await finder.locate(codes)).toMatchObject({ value: '/dev/hidraw1' });
  // The other parts of a listed device are none of their own.
  const only = machine([codes]);
  only.state.hid = state.hid;
  expect(await only.finder.locate(codes)).toMatchObject({ value: '/dev/hidraw1' });
  expect(only.state.lines).toEqual([]);
});

test('one device with several collections at one path is one port', async () => {
  const { finder, state } = machine();
  state.hid = done([
    hidPort('/dev/hidraw1', { usage: { page: 0xff00, usage: 1 } }),
    hidPort('/dev/hidraw1', { usage: { page: 0xff00, usage: 2 } }),
  ]);
  expect(await finder.locate(reader)).toEqual({ ok: true, value: '/dev/hidraw1' });
});

test('a printer of the printer class is found by its ids, and refused when it carries files as well', async () => {
  const printing = portDevice('printing', { kind: 'usb-printer', usb });
  const { finder, state } = machine([printing]);
  // The same device's serial port is another port.
  state.serial = done([hidPort('/dev/ttyACM0')]);
  expect(await finder.locate(printing)).toEqual({ ok: false, reason: 'port-missing' });
  state.printers = done([hidPort('/dev/usb/lp1'), hidPort('/dev/usb/lp0', { productId: '0001' })]);
  expect(await finder.locate(printing)).toEqual({ ok: true, value: '/dev/usb/lp1' });
  expect(state.lines).toEqual([
    { event: 'devices.unlisted-ignored', link: 'usb-printer', vendor: '0400', product: '0001' },
  ]);
  expect(await finder.confirm(printing, '/dev/usb/lp1')).toMatchObject({ ok: true });
  state.behind.set('/dev/usb/lp1', { ...harmless, interfaces: [{ class: 8, subclass: 6, protocol: 0x50 }] });
  expect(await finder.locate(printing)).toEqual({ ok: false, reason: 'storage-refused' });
  expect(await finder.confirm(printing, '/dev/usb/lp1')).toEqual({ ok: false, reason: 'storage-refused' });
  state.printers = refused('link-unfit', 'elsewhere');
  expect(await finder.locate(printing)).toEqual({ ok: false, reason: 'link-unfit', detail: 'elsewhere' });
});

test('what the system lacks for listing is the reason', async () => {
  const { finder, state } = machine();
  state.hid = refused('libusb-missing');
  expect(await finder.locate(reader)).toMatchObject({ ok: false, reason: 'libusb-missing' });
});

test('those who ask at the same time share one listing', async () => {
  const { finder, state } = machine();
  await Promise.all([finder.locate(reader), finder.locate(reader), finder.locate(reader)]);
  expect(state.listed).toBe(1);
  await finder.locate(reader);
  expect(state.listed).toBe(2);
});

test('a keyboard at a listed port is refused and told once for each time it comes', async () => {
  const { finder, state } = machine();
  state.behind.set('/dev/serial/by-id/printer', { ...harmless, usages: [{ page: 1, usage: 6 }] });
  const refusal = { ok: false, reason: 'keyboard-refused' };
  expect(await finder.locate(printer)).toEqual(refusal);
  expect(await finder.locate(printer)).toEqual(refusal);
  const told = {
    event: 'devices.port-refused',
    device: 'printer',
    reason: 'keyboard-refused',
    vendor: '0400',
    product: 'C35A',
  };
  expect(state.lines).toEqual([told]);
  state.behind.delete('/dev/serial/by-id/printer');
  expect(await finder.locate(printer)).toMatchObject({ ok: true });
  state.behind.set('/dev/serial/by-id/printer', { ...harmless, usages: [{ page: 1, usage: 6 }] });
  expect(await finder.confirm(printer, '/dev/serial/by-id/printer')).toEqual(refusal);
  expect(state.lines).toEqual([told, told]);
});

test('where the system tells nothing of interfaces, the list of HID devices decides', async () => {
  const { finder, state } = machine();
  state.hid = done([
    hidPort('vendor-part', { usage: { page: 0xff00, usage: 1 } }),
    hidPort('keyboard-part', { usage: { page: 1, usage: 6 } }),
  ]);
  const wanted = portDevice('reader', { kind: 'hid', usb, usagePage: 0xff00, framing: { kind: 'unnumbered-64' } });
  expect(await finder.locate(wanted)).toEqual({ ok: false, reason: 'keyboard-refused' });
});

test('another device at the path that was just opened is the wrong one', async () => {
  const { finder, state } = machine();
  state.behind.set('/dev/hidraw0', { ...harmless, productId: '0001' });
  expect(await finder.confirm(reader, '/dev/hidraw0')).toEqual({
    ok: false,
    reason: 'wrong-device',
    detail: '0400:0001',
  });
});

test('what no line of the configuration names is ignored and told, once until it goes', async () => {
  const { finder, state } = machine();
  const stranger = { path: '/dev/hidraw9', vendorId: '1234', productId: '5678' };
  state.hid = done([hidPort('/dev/hidraw0'), stranger]);
  expect(await finder.locate(reader)).toEqual({ ok: true, value: '/dev/hidraw0' });
  await finder.locate(reader);
  const told = { event: 'devices.unlisted-ignored', link: 'hid', vendor: '1234', product: '5678' };
  expect(state.lines).toEqual([told]);
  state.hid = done([hidPort('/dev/hidraw0')]);
  await finder.locate(reader);
  state.hid = done([hidPort('/dev/hidraw0'), stranger]);
  await finder.locate(reader);
  expect(state.lines).toEqual([told, told]);
});

test('a port that is listed by another name is not unlisted', async () => {
  const byUsb = portDevice('pad', { kind: 'serial', usb, baudRate: 9_600 });
  const { finder, state } = machine([printer, byUsb]);
  state.serial = done([hidPort('/dev/ttyACM0', { productId: '0001' }), hidPort('/dev/ttyACM1')]);
  expect(await finder.locate(byUsb)).toEqual({ ok: true, value: '/dev/ttyACM1' });
  expect(state.lines).toEqual([]);
});
