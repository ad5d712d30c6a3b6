import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLog } from './log-file.ts';

test('what happens is written to the log of the devices, a line each', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'device-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = openLog(folder);
  log('devices.started', { version: '1.0.0', devices: 3 });
  const lines = (): string[] => readFileSync(join(folder, 'devices.log'), 'utf8').split('\n').slice(0, -1);
  await expect
    .poll(() => lines().map((line): unknown => JSON.parse(line)))
    .toMatchObject([{ event: 'devices.started', version: '1.0.0', devices: 3, pid: process.pid }]);
});
