import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DeviceConfig } from '../contract/config.ts';
import { watchPorts } from './port-watch.ts';

const deviceAt = (path: string): DeviceConfig => ({
  id: 'reader',
  class: 'id-reader',
  driver: 'any',
  profile: 'any',
  link: { kind: 'serial', path, baudRate: 9_600 },
});

test('tells when a port comes, and leaves a folder alone that is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const came = Promise.withResolvers<void>();
  const port = join(folder, 'ttyACM7');
  const stop = watchPorts([deviceAt(port), deviceAt('/no/such/folder/port')], came.resolve);
  writeFileSync(port, '');
  await expect(came.promise).resolves.toBeUndefined();
  stop();
});
