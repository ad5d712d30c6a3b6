import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { LOOPBACK } from './hosted-carriers.ts';
import { drivers } from './registry.ts';
import { SimulatorHost } from './simulator-host.ts';

const directory = mkdtempSync(join(tmpdir(), 'simulator-host-'));
afterEach(() => vi.unstubAllEnvs());

function openHost(): SimulatorHost {
  const host = new SimulatorHost({ drivers, directory, onEvent: () => undefined });
  onTestFinished(() => host.stop());
  return host;
}

const scanner = { id: 'scanner', driver: 'escl-scanner', profile: 'generic' } as const;
const printer = { id: 'printer', driver: 'escpos-printer', profile: '80mm-gs-r', carrier: 'tcp' } as const;

async function add(host: SimulatorHost, device: Parameters<SimulatorHost['add']>[0]): Promise<string> {
  const added = await host.add(device);
  if (!added.ok) throw new Error(added.reason);
  return added.value;
}

/** Somebody else listens where a device was. */
async function occupy(where: string): Promise<void> {
  const server = createServer().listen(Number(new URL(where).port), LOOPBACK);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

test('a device that no driver is known for, or no profile', async () => {
  const host = openHost();
  expect(await host.add({ ...scanner, driver: 'toaster' })).toMatchObject({ ok: false, reason: 'driver-unknown' });
  expect(await host.add({ ...scanner, profile: 'other' })).toMatchObject({ ok: false, reason: 'driver-unknown' });
  await expect(host.act('toaster', { plug: true })).rejects.toThrow('no simulated device toaster');
});

test('without socat there are no terminals, and that is said by name', async () => {
  const programs = mkdtempSync(join(tmpdir(), 'only-sh-'));
  onTestFinished(() => rmSync(programs, { recursive: true }));
  await symlink('/bin/sh', join(programs, 'sh'));
  const host = openHost();
  vi.stubEnv('PATH', programs);
  const lamps = { id: 'lamps', driver: 'slot-lamp', profile: 'slots-11-15' };
  expect(await host.add(lamps)).toMatchObject({ ok: false, reason: 'socat-missing' });
  vi.stubEnv('PATH', directory);
  expect(await host.add(lamps)).toMatchObject({ ok: false, reason: 'socat-failed' });
});

test('a service knows three kinds of request', async () => {
  const where = await add(openHost(), scanner);
  expect((await fetch(`${where}/eSCL/ScannerStatus`, { method: 'PUT' })).status).toBe(405);
  expect((await fetch(`${where}/eSCL/ScannerStatus`)).status).toBe(200);
});

test('plugged in twice is plugged in once', async () => {
  const host = openHost();
  const where = await add(host, scanner);
  await host.act('scanner', { plug: true });
  expect((await fetch(`${where}/eSCL/ScannerStatus`)).status).toBe(200);
  await add(host, printer);
  await host.act('printer', { plug: true });
  await host.act('printer', { unplug: true });
  await host.act('printer', { unplug: true });
});

test.each([
  ['a service', scanner, (where: string) => where],
  ['a network printer', printer, (where: string) => `http://${where}`],
])('%s does not come back where somebody else is by now', async (_, device, address) => {
  const host = openHost();
  const where = await add(host, device);
  await host.act(device.id, { unplug: true });
  await occupy(address(where));
  // The count starts anew with the line; without one it stays.
  expect(await host.act(device.id, { plug: true })).toMatchObject({ bytesIn: 0, bytesOut: 0 });
});

test.each([
  [scanner, 'slot-lamp', 'slots-11-15', 'is no service'],
  [printer, 'escl-scanner', 'generic', 'is a service'],
  [printer, 'toaster', 'two-slices', 'no driver toaster'],
])('where $id is, no %s can be by mistake', async (device, driver, profile, complaint) => {
  const host = openHost();
  await add(host, device);
  const script = { steps: [{ do: { otherDevice: { driver, profile } } }] };
  await expect(host.act(device.id, { script })).rejects.toThrow(complaint);
});

test('what a line does to messages, the way from a service does not', async () => {
  const host = openHost();
  await add(host, scanner);
  const noise = { steps: [{ do: { noise: 'before' } }] };
  await expect(host.act('scanner', { script: noise })).rejects.toThrow('no noise on the way from a service');
});
