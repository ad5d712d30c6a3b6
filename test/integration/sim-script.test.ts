import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hallDevices } from '../../scripts/hall/hall-devices.ts';
import { systemClock } from '../../src/contract/clock.ts';
import type { DeviceConfig } from '../../src/contract/config.ts';
import { openLink, systemPorts } from '../../src/devices/open-link.ts';
import { SharedLines } from '../../src/devices/shared-lines.ts';
import { systemLineTime } from '../../src/devices/pacing.ts';
import { drivers } from '../../src/devices/registry.ts';
import { openDeviceRoom } from '../fixtures/device-room.ts';

type Line = Readonly<Record<string, unknown>>;

const root = join(import.meta.dirname, '../..');
const deviceIds = ['reader', 'printer', 'pad'] as const;

/** `npm run sim`, and what it prints. */
function startSim(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), 'sim', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  let look = (): void => undefined;
  createInterface(child.stdout).on('line', (line) => {
    // The set-up speaks before it, in words.
    if (!line.startsWith('{')) return;
    lines.push(JSON.parse(line) as Line);
    look();
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const said = (wanted: (line: Line) => boolean): Promise<Line> =>
    new Promise((resolve) => {
      look = () => {
        const found = lines.find(wanted);
        if (found) resolve(found);
      };
      look();
    });
  return { child, lines, said, exited };
}

/** The whole device room on the ports that the command has named. */
async function roomAt({ said }: ReturnType<typeof startSim>) {
  const devices: DeviceConfig[] = [];
  for (const id of deviceIds) {
    const { port } = await said((line) => line['device'] === id && 'port' in line);
    const { baudRate, ...device } = hallDevices[id];
    devices.push({ id, ...device, link: { kind: 'serial', path: String(port), baudRate } });
  }
  const room = openDeviceRoom({
    devices,
    drivers,
    open: (config, driver, log) =>
      openLink(config, driver, {
        clock: systemClock,
        time: systemLineTime,
        ports: systemPorts(devices, log),
        lines: new SharedLines(),
        onSimulated: () => undefined,
      }),
  });
  onTestFinished(() => room.stop());
  return room;
}

describe('[M-07] the simulators as a command with a script of faults', () => {
  test('every fault of the script reaches the devices of the kiosk', async () => {
    const sim = startSim('--script', join(root, 'test/fixtures/fault-scripts/hall.json'));
    const { client, ...room } = await roomAt(sim);
    for (const id of deviceIds) await room.until(id, ({ state }) => state === 'ready');

    const readCard = async (): Promise<unknown> => {
      let last: unknown;
      for await (const event of await client.idReader.read()) {
        last = event.kind === 'read' ? event.person.name : event.kind === 'failed' ? event.reason : undefined;
      }
      return last;
    };
    // In pieces and with noise before each answer; then unplugged in the middle of the next card's text; then as before.
    expect(await readCard()).toBe('张宁');
    expect(await readCard()).toBe('reader-absent');
    await room.until('reader', ({ state }) => state === 'ready');
    expect(await readCard()).toBe('李秀兰');

    const print = async (jobId: string): Promise<unknown> => {
      const document = [{ kind: 'text' as const, text: '受理回执'.repeat(20) }, { kind: 'cut' as const }];
      const printing = client.ticketPrinter.print({ jobId, document });
      await client.ticketPrinter.start({ jobId });
      return printing;
    };
    expect(await print('first')).toMatchObject({ ok: false, reason: 'paper-out' });
    await room.until('printer', ({ state }) => state === 'ready');
    expect(await print('second')).toMatchObject({ ok: true, value: 'printed' });

    // A press with a wrong check byte is none; the true one counts.
    const presses = await client.ratingPad.watch();
    expect(await presses.next()).toMatchObject({ done: false, value: { level: 'dissatisfied' } });
    await presses.return(undefined);

    const steps = (device: string): unknown[] =>
      sim.lines.filter((line) => line['device'] === device && line['event'] === 'fault').map(({ step }) => step);
    for (const id of deviceIds) await sim.said((line) => line['device'] === id && line['event'] === 'script-ended');
    expect([steps('reader'), steps('printer'), steps('pad')]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1],
      [0, 1, 2],
    ]);
  });

  test('ends by itself once all scripts have ended, and refuses one with a mistake', async () => {
    const done = startSim('--until-done');
    expect(await done.exited).toEqual([0, null]);
    expect(done.lines.filter((line) => 'port' in line)).toHaveLength(deviceIds.length);
    const wrong = startSim('--script', join(root, 'package.json'));
    expect(await wrong.exited).toEqual([2, null]);
  });
});
