import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cameraSwitches, prepareCamera } from '../test/drive/pictures.ts';
import { decodeEscpos, paperText } from '../test/fixtures/paper/decode.ts';
import { enterWorld } from './electron-env.ts';
import { demoDevices, Hall } from './hall/hall.ts';
import { allDevices } from './hall/hall-devices.ts';
import { demoFolder, launchCommand, portrait } from './hall/launch.ts';
import { terminalsExist } from './hall/terminals.ts';

// `npm start`: the kiosk in a window, in a hall of its own: a platform, and simulated devices with a dock to act at them.
// Where there are no terminals the devices are inside the device process, where nobody can reach them: they act by themselves.
const folder = resolve(import.meta.dirname, '../reports/hall');
await enterWorld({ headless: false, outputs: [folder] });
await mkdir(folder, { recursive: true });

const camera = join(folder, 'camera.mjpeg');
if (!existsSync(camera)) await prepareCamera(camera);
const ptys = terminalsExist();
const hall = await Hall.open({ folder, ptys, ...(ptys ? { devices: allDevices } : { actions: demoDevices }) });
const door = ptys ? await hall.openDock() : undefined;
hall.onPrinted((bytes) => console.log(`\nThe receipt printer gave out:\n\n${paperText(decodeEscpos(bytes))}\n`));

const { command, args, env } = await launchCommand({
  folder: demoFolder,
  dataDir: hall.dataDir,
  configPath: hall.configPath,
  ...(door ? { simulators: door.path } : {}),
  size: portrait,
  switches: cameraSwitches(camera),
});
console.log(`The hall is open. Platform ${hall.platform.url}, devices ${hall.ports.join(', ')}.`);
console.log(
  door
    ? 'The window beside the kiosk is your hand at its devices: lay a card, take paper out, press a key, show a code.'
    : 'When the page asks for an identity card, one is laid on the reader by itself.',
);
console.log(`What arrived at the platform: ${hall.platform.overviewUrl}`);
console.log('Close the kiosk to end.');
const kiosk = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
// Chromium talks much on a desk without a message bus; our own lines are what a person can use.
kiosk.stderr.on('data', (chunk: Buffer) => {
  for (const line of chunk.toString().split('\n')) if (line !== '' && !line.startsWith('[')) console.error(line);
});
// Ctrl-C and the like close the kiosk, and the hall closes after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => kiosk.kill('SIGTERM'));
const [code] = await once(kiosk, 'exit');
await hall.close();
process.exitCode = typeof code === 'number' ? code : 1;
