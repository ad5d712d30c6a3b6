import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { currentWorld } from '../../scripts/electron-env.ts';
import { untilLogged } from '../../scripts/hall/logged.ts';
import { expect, test } from './fixtures.ts';

let folder = '';
let executable = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kiosk-package-'));
  executable = join(folder, 'linux-unpacked/hall-kiosk');
  await promisify(execFile)(process.execPath, [resolve('scripts/package.ts'), '--output', folder]);
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('every fuse of the packaged executable is as a kiosk needs it', async () => {
  const wire = await getCurrentFuseWire(executable);
  const on = FuseState.ENABLE;
  const off = FuseState.DISABLE;
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});

test('the packaged application serves people, and cannot be made a plain Node or be debugged', async ({ hall }) => {
  const { electronArgs, env } = await currentWorld();
  const args = [
    ...electronArgs,
    `--data=${hall.dataDir}`,
    `--config=${hall.configPath}`,
    '--window=1080x1920',
    '--inspect=0',
  ];
  const logs = join(hall.dataDir, 'logs');
  const kiosk = spawn(executable, args, { env: { ...env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect' } });
  const ended = once(kiosk, 'exit');
  let said = '';
  kiosk.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await untilLogged(logs, { event: 'core.started' });
  await untilLogged(logs, { event: 'shell.process-ready', fields: { name: 'devices' } });
  kiosk.kill('SIGTERM');
  await ended;
  expect(said).not.toContain('Debugger listening');
});
