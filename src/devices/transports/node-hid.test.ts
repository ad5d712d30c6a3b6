import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { listHidPorts } from '../ports/port-lists.ts';
import { openHid } from './node-hid.ts';

/** As node-hid shows a device that was opened. There is no HID device on most machines that run this: real ones are on the USB bench. */
class Handle {
  readonly #device: Device;
  isOpen = true;

  constructor(device: Device) {
    this.#device = device;
  }

  async read(): Promise<Buffer> {
    const next = await this.#device.nextReport();
    if (next === 'gone') throw new Error('could not read data from device');
    return next;
  }

  async write(bytes: Buffer): Promise<number> {
    this.#device.written.push(bytes.toString('hex'));
    return bytes.length;
  }

  async sendFeatureReport(bytes: Buffer): Promise<number> {
    if (!this.#device.takesFeatures) throw new Error('could not send feature report to device');
    this.#device.written.push(`feature ${bytes.toString('hex')}`);
    return bytes.length;
  }

  async close(): Promise<void> {
    this.isOpen = false;
  }
}

class Device {
  readonly written: string[] = [];
  takesFeatures = true;
  /** Reports that wait to be read. */
  readonly waiting: Buffer[] = [];
  isGone = false;
  readonly handles: Handle[] = [];
  opensUntil = Number.POSITIVE_INFINITY;

  get isOpen(): boolean {
    return this.handles.some((handle) => handle.isOpen);
  }

  open(): Handle {
    if (this.handles.length >= this.opensUntil) throw new Error('cannot open device');
    const handle = new Handle(this);
    this.handles.push(handle);
    return handle;
  }

  /** As soon as there is one; no bytes when there is none for a while. */
  async nextReport(): Promise<Buffer | 'gone'> {
    await setImmediate();
    return this.isGone ? 'gone' : (this.waiting.shift() ?? Buffer.alloc(0));
  }
}

const machine = vi.hoisted(() => ({
  devices: new Map<string, { open(): unknown }>(),
  list: [] as unknown[],
  version: (): string => '0.15.0',
}));
vi.mock('node-hid', () => ({
  getHidapiVersion: () => machine.version(),
  devicesAsync: async () => machine.list,
  HIDAsync: {
    async open(path: string) {
      const device = machine.devices.get(path);
      if (!device) throw new Error(`cannot open device with path ${path}`);
      return device.open();
    },
  },
}));

function plug(path: string): Device {
  const device = new Device();
  machine.devices.set(path, device);
  return device;
}
afterEach(() => {
  machine.devices.clear();
  machine.list = [];
  machine.version = () => '0.15.0';
});

test('reports go both ways, and the line closes with the device', async () => {
  const device = plug('/dev/hidraw0');
  const opened = await openHid('/dev/hidraw0', { kind: 'length-prefixed-64' });
  if (!opened.ok) throw new Error(opened.reason);
  const received: string[] = [];
  opened.value.onBytes((bytes) => received.push(Buffer.from(bytes).toString('hex')));
  await opened.value.write(Uint8Array.of(0xaa, 0xbb));
  expect(device.written).toEqual([`0002aabb${'00'.repeat(61)}`]);
  device.waiting.push(Buffer.from(`03010203${'00'.repeat(60)}`, 'hex'));
  await vi.waitFor(() => expect(received).toEqual(['010203']));
  const closed = new Promise<void>((resolve) => opened.value.onClose(resolve));
  device.isGone = true;
  await closed;
  await vi.waitFor(() => expect(device.isOpen).toBe(false));
});

test('what a device had to say before it was opened is nobody’s', async () => {
  const device = plug('/dev/hidraw0');
  device.waiting.push(Buffer.of(1), Buffer.of(2));
  expect((await openHid('/dev/hidraw0', { kind: 'reports' })).ok).toBe(true);
  expect(device.waiting).toEqual([]);
});

test('a device that never ends to speak is opened all the same', async () => {
  const device = plug('/dev/hidraw0');
  device.waiting.push(...Array.from({ length: 1_000 }, () => Buffer.of(1)));
  const opened = await openHid('/dev/hidraw0', { kind: 'reports' });
  if (!opened.ok) throw new Error(opened.reason);
  expect(device.waiting.length).toBeGreaterThan(900);
  await opened.value.close();
});

test('a device that goes as it is opened', async () => {
  const device = plug('/dev/hidraw0');
  device.isGone = true;
  expect(await openHid('/dev/hidraw0', { kind: 'reports' })).toMatchObject({ ok: false, reason: 'port-missing' });
  expect(device.isOpen).toBe(false);
});

test('a device that opens only once', async () => {
  const device = plug('/dev/hidraw0');
  device.opensUntil = 1;
  expect(await openHid('/dev/hidraw0', { kind: 'reports' })).toMatchObject({ ok: false, reason: 'port-missing' });
  expect(device.isOpen).toBe(false);
});

test('a device that is closed as soon as it was opened says nothing more', async () => {
  const device = plug('/dev/hidraw0');
  const opened = await openHid('/dev/hidraw0', { kind: 'reports' });
  if (!opened.ok) throw new Error(opened.reason);
  const received = vi.fn<(bytes: Uint8Array) => void>();
  opened.value.onBytes(received);
  device.waiting.push(Buffer.of(1));
  await opened.value.close();
  await setImmediate();
  await setImmediate();
  expect([device.isOpen, received.mock.calls]).toEqual([false, []]);
});

test('a bridge chip is told its speed when it is opened', async () => {
  const device = plug('/dev/hidraw0');
  expect((await openHid('/dev/hidraw0', { kind: 'cp2110', baudRate: 9_600 })).ok).toBe(true);
  expect(device.written[0]).toBe('feature 4101');
});

test.each([
  ['gone', '/dev/hidraw-none', 'port-missing'],
  ['still there', '/dev/null', 'wrong-device'],
])('what takes no settings is no bridge chip: %s', async (_, path, reason) => {
  const device = plug(path);
  device.takesFeatures = false;
  expect(await openHid(path, { kind: 'cp2110', baudRate: 9_600 })).toMatchObject({ ok: false, reason });
  expect(device.isOpen).toBe(false);
});

test('a port that is there and cannot be opened', async () => {
  expect(await openHid('/dev/null', { kind: 'unnumbered-64' })).toMatchObject({ ok: false, reason: 'port-failed' });
});

test('the addon may lack a library of the system', async () => {
  machine.version = () => {
    throw new Error('libudev.so.1: cannot open shared object file: No such file or directory');
  };
  expect(await openHid('/dev/hidraw0', { kind: 'unnumbered-64' })).toMatchObject({ reason: 'libudev-missing' });
  expect(await listHidPorts()).toMatchObject({ ok: false, reason: 'libudev-missing' });
});

test('devices are listed by four digits, with what the system tells of them', async () => {
  const [vendorId, productId] = [0x0400, 0xc35a];
  machine.list = [
    { path: '/dev/hidraw0', vendorId, productId, serialNumber: 'A1', usagePage: 0x8c, usage: 2 },
    { path: '/dev/hidraw1', vendorId, productId },
    { vendorId, productId },
  ];
  const ids = { vendorId: '0400', productId: 'c35a' };
  expect(await listHidPorts()).toEqual({
    ok: true,
    value: [
      { path: '/dev/hidraw0', ...ids, serialNumber: 'A1', usage: { page: 0x8c, usage: 2 } },
      { path: '/dev/hidraw1', ...ids },
    ],
  });
});
