import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { withLock } from './lock.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one at a time, and whoever waits says so once', async () => {
  const events: string[] = [];
  const first = Promise.withResolvers<void>();
  const waits = Promise.withResolvers<void>();
  const one = withLock(
    folder,
    () => undefined,
    async () => {
      events.push('one in');
      await first.promise;
      events.push('one out');
    },
  );
  const two = withLock(
    folder,
    () => {
      events.push('two waits');
      waits.resolve();
    },
    () => void events.push('two in'),
  );
  await waits.promise;
  first.resolve();
  await Promise.all([one, two]);
  expect(events).toEqual(['one in', 'two waits', 'one out', 'two in']);
});

test('the lock is free again after a failure', async () => {
  await expect(
    withLock(
      folder,
      () => undefined,
      () => Promise.reject(new Error('no disk')),
    ),
  ).rejects.toThrow('no disk');
  await expect(
    withLock(
      folder,
      () => undefined,
      () => 'done',
    ),
  ).resolves.toBe('done');
});

test('a killed process leaves no lock behind', async () => {
  const module = JSON.stringify(new URL('./lock.mjs', import.meta.url).href);
  const program = `import { withLock } from ${module};
    await withLock(${JSON.stringify(folder)}, () => {}, () => { console.log('in'); setInterval(() => {}, 1000); return new Promise(() => {}); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const waits = Promise.withResolvers<void>();
  const ours = withLock(
    folder,
    () => waits.resolve(),
    () => 'ours',
  );
  await waits.promise;
  child.kill('SIGKILL');
  await expect(ours).resolves.toBe('ours');
});
