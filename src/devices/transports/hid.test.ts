import { expect, test } from 'vitest';
import type { HidFramingConfig } from '../../contract/config.ts';
import { LinkClosed } from '../driver.ts';
import { hidFramingOf } from './hid-framing.ts';
import type { HidPort } from './hid.ts';
import { HidLink } from './hid.ts';
import { listHidDevices, missingPart, openHid } from './node-hid.ts';

/** A device in the test's hands, as hidapi would show it. */
function linkTo(config: HidFramingConfig) {
  const written: Uint8Array[] = [];
  const features: Uint8Array[] = [];
  const device = {
    written,
    features,
    failing: false,
    hanging: false,
    closed: 0,
    send: (_report: Uint8Array): void => undefined,
    go: (): void => undefined,
  };
  const port: HidPort = {
    async write(report) {
      if (device.hanging) await new Promise<never>(() => undefined);
      if (device.failing) throw new Error('could not write');
      // Turns of the loop between reports, in which another writer could come between.
      await Promise.resolve();
      written.push(report);
    },
    async sendFeatureReport(report) {
      if (device.failing) throw new Error('no such feature');
      features.push(report);
    },
    onReport(listener) {
      device.send = listener;
    },
    onGone(listener) {
      device.go = listener;
    },
    async close() {
      device.closed += 1;
    },
  };
  return { link: new HidLink(port, hidFramingOf(config)), device };
}

test('an unnumbered report is written as one byte 0 and its 64 bytes', async () => {
  const { link, device } = linkTo({ kind: 'unnumbered-64' });
  await link.write(Uint8Array.of(0xaa, 0xbb));
  expect(device.written).toEqual([Uint8Array.from({ length: 65 }, (_, at) => [0, 0xaa, 0xbb][at] ?? 0)]);
});

test('a numbered report is written with its own id first', async () => {
  const { link, device } = linkTo({ kind: 'cp2110', baudRate: 9_600 });
  await link.write(Uint8Array.of(0xaa, 0xbb));
  expect(device.written).toEqual([Uint8Array.from({ length: 64 }, (_, at) => [2, 0xaa, 0xbb][at] ?? 0)]);
});

test('reports of two writers do not mix', async () => {
  const { link, device } = linkTo({ kind: 'length-prefixed-64' });
  await Promise.all([link.write(new Uint8Array(100).fill(1)), link.write(new Uint8Array(100).fill(2))]);
  expect(device.written.map((report) => report[2])).toEqual([1, 1, 2, 2]);
});

test('what a report carries arrives; a report without data does not', () => {
  const { link, device } = linkTo({ kind: 'length-prefixed-64' });
  const received: number[][] = [];
  const leave = link.onBytes((bytes) => received.push([...bytes]));
  device.send(Uint8Array.of(2, 5, 6, 0, 0));
  device.send(Uint8Array.of(0, 0, 0));
  leave();
  device.send(Uint8Array.of(1, 7));
  expect(received).toEqual([[5, 6]]);
});

test('with reports kept apart, each is one call, whole', () => {
  const { link, device } = linkTo({ kind: 'reports' });
  const received: number[][] = [];
  link.onBytes((bytes) => received.push([...bytes]));
  device.send(Uint8Array.of(2, 1, 0x41, 0));
  device.send(Uint8Array.of(2, 1, 0x42, 0));
  expect(received).toEqual([
    [2, 1, 0x41, 0],
    [2, 1, 0x42, 0],
  ]);
});

test('the speed of a bridge chip is set by feature reports, of other devices not at all', async () => {
  const bridge = linkTo({ kind: 'cp2110', baudRate: 9_600 });
  await bridge.link.setBaudRate(9_600);
  expect(bridge.device.features.map((feature) => feature[0])).toEqual([0x41, 0x50, 0x43]);
  const plain = linkTo({ kind: 'unnumbered-64' });
  await plain.link.setBaudRate(9_600);
  expect(plain.device.features).toEqual([]);
});

test('a device that goes closes the link once, and the waiting write with it', async () => {
  const { link, device } = linkTo({ kind: 'unnumbered-64' });
  let closes = 0;
  link.onClose(() => (closes += 1));
  device.hanging = true;
  const waiting = expect(link.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
  device.go();
  device.go();
  await waiting;
  await link.close();
  expect([closes, device.closed]).toEqual([1, 1]);
  await expect(link.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
});

test('what the device does not take is told as a closed line', async () => {
  const { link, device } = linkTo({ kind: 'cp2110', baudRate: 9_600 });
  device.failing = true;
  await expect(link.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
  await expect(link.setBaudRate(9_600)).rejects.toThrow(LinkClosed);
});

test('a HID port that is not there', async () => {
  expect(await openHid('/dev/hidraw-none', { kind: 'unnumbered-64' })).toMatchObject({
    ok: false,
    reason: 'port-missing',
  });
});

test('the HID devices of this machine can be listed', async () => {
  expect(await listHidDevices()).toMatchObject({ ok: true });
});

test.each([
  ['libusb-1.0.so.0: cannot open shared object file: No such file or directory', 'libusb-missing'],
  ['libudev.so.1: cannot open shared object file: No such file or directory', 'libudev-missing'],
  ["/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.99' not found", 'node-hid-missing'],
  ['No native build was found for runtime=node abi=137', 'node-hid-missing'],
])('%s: %s', (message, reason) => {
  expect(missingPart(message)).toBe(reason);
});
