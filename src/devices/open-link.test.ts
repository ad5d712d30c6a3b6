import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import type { Result } from '../domain/result.ts';
import type { ByteLink, DeviceLink, OpenFailure } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { openLink, systemPorts } from './open-link.ts';
import { systemLineTime } from './pacing.ts';
import { drivers } from './registry.ts';
import { SharedLines } from './shared-lines.ts';

type Link = DeviceConfig['link'];
const profiles = { 'slot-lamp': 'slots-11-15', 'escl-scanner': 'generic' } as const;

async function open(model: keyof typeof profiles, link: Link) {
  const driver = drivers.find(({ name }) => name === model);
  if (!driver) throw new Error('no such driver');
  const config: DeviceConfig = { id: model, class: driver.class, driver: model, profile: profiles[model], link };
  const events: unknown[] = [];
  const opened: Result<DeviceLink, OpenFailure> = await openLink(config, driver, {
    clock: systemClock,
    time: systemLineTime,
    ports: systemPorts([config], () => undefined),
    lines: new SharedLines(),
    onSimulated: (device, event) => events.push({ device, ...event }),
  });
  if (opened.ok) onTestFinished(() => opened.value.close());
  return { opened, events };
}

async function openLine(link: Link): Promise<{ readonly line: ByteLink; readonly events: unknown[] }> {
  const { opened, events } = await open('slot-lamp', link);
  if (!opened.ok || 'request' in opened.value) throw new Error('no line of bytes');
  return { line: opened.value, events };
}

test('a simulated device is on a line in this process, which can be unplugged for good', async () => {
  const { line, events } = await openLine({ kind: 'simulated', actions: [{ presence: 'present' }] });
  await line.setBaudRate(9_600);
  await line.write(Buffer.from('O(00,12,2)E'));
  expect(events).toContainEqual(expect.objectContaining({ device: 'slot-lamp' }));
  const gone = Promise.withResolvers<void>();
  line.onClose(gone.resolve);
  await line.close();
  await gone.promise;
  await line.close();
  await expect(line.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
});

test('a script of faults may unplug it', async () => {
  const { line } = await openLine({
    kind: 'simulated',
    actions: [{ script: { steps: [{ after: { ms: 1 }, do: { unplug: true } }] } }],
  });
  await new Promise<void>((resolve) => line.onClose(resolve));
  await expect(line.write(Uint8Array.of(1))).rejects.toThrow(LinkClosed);
});

test('another device is not put on a line in this process', async () => {
  const other = { script: { steps: [{ do: { otherDevice: { driver: 'line-scanner', profile: 'cr' } } }] } };
  await expect(open('slot-lamp', { kind: 'simulated', actions: [other] })).rejects.toThrow('no line-scanner');
});

test('a simulated service is one', async () => {
  const { opened } = await open('escl-scanner', { kind: 'simulated', actions: [{ feeder: 2 }] });
  if (!opened.ok || !('request' in opened.value)) throw new Error('no service');
  const { status } = await opened.value.request(
    { method: 'GET', path: '/eSCL/ScannerStatus' },
    AbortSignal.timeout(5_000),
  );
  expect(status).toBe(200);
});

test('a driver of one kind of link gets no other', async () => {
  const { opened: line } = await open('escl-scanner', { kind: 'tcp', host: '127.0.0.1', port: 9 });
  expect(line).toMatchObject({ ok: false, reason: 'link-unfit' });
  const { opened: service } = await open('slot-lamp', { kind: 'http', url: 'http://127.0.0.1:9' });
  expect(service).toMatchObject({ ok: false, reason: 'link-unfit' });
});

test('a service is not asked before a driver asks it', async () => {
  const { opened } = await open('escl-scanner', { kind: 'http', url: 'http://127.0.0.1:9' });
  expect(opened).toMatchObject({ ok: true, value: { authority: '127.0.0.1:9' } });
});

test('a network port is opened', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  expect((await open('slot-lamp', { kind: 'tcp', host: '127.0.0.1', port: address.port })).opened.ok).toBe(true);
});

test.each<Link>([
  { kind: 'serial', path: '/dev/no-such-port', baudRate: 9_600 },
  { kind: 'hid', usb: { vendorId: 'ffff', productId: 'fffe' }, framing: { kind: 'unnumbered-64' } },
  { kind: 'usb-printer', path: '/dev/usb/no-such-printer' },
  { kind: 'usb-printer', usb: { vendorId: 'ffff', productId: 'fffe' } },
])('a port that is not there: $kind', async (link) => {
  expect((await open('slot-lamp', link)).opened).toMatchObject({ ok: false, reason: 'port-missing' });
});
