import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { currentWorld } from '../../scripts/electron-env.ts';
import { demoFolder } from '../../scripts/hall/launch.ts';
import { untilLogged } from '../../scripts/hall/logged.ts';
import { expect, test } from './fixtures.ts';
import { findWords } from './outputs.ts';

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

test('nothing of the simulator dock is in the package', async () => {
  const words = ['dock:act', 'dock:devices', 'dock.control.', '模拟设备台'];
  const inDock = await findWords(demoFolder, words);
  for (const word of words) expect(inDock.some((found) => found.startsWith(word))).toBe(true);
  expect(await findWords(join(folder, 'linux-unpacked/resources'), words)).toEqual([]);
});

test('the packaged application serves people, opens no dock, and cannot be made a plain Node or be debugged', async ({
  hall,
}) => {
  const { electronArgs, env } = await currentWorld();
  const door = await hall.openDock();
  const args = [
    ...electronArgs,
    `--data=${hall.dataDir}`,
    `--config=${hall.configPath}`,
    '--window=1080x1920',
    '--inspect=0',
    `--simulators=${door.path}`,
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
  expect(door.visits).toBe(0);
});
