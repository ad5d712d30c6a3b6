import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Hall } from '../../scripts/hall/hall.ts';
import { bareFolder, kioskFolder, launchCommand, portrait } from '../../scripts/hall/launch.ts';
import type { Launch } from '../../scripts/hall/launch.ts';
import type { BenchContext, Measure, Measured } from './measure.ts';
import { median } from './measure.ts';
import { debuggingAddress, PageConnection } from './page-connection.ts';

const ROUNDS = 7;
const TARGET = 1.5;

/** In service: not only painted, but its reader, its store and its platform connection work. */
const kioskReady = `document.querySelector('[data-page="home"] [data-entry="apply"][data-state="works"]')`;
const bareReady = `document.querySelector('h1')`;

/** Tells when the first frame after the condition has been drawn, in milliseconds since 1970. */
function tellWhen(condition: string): string {
  return `
    const drawn = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(String(performance.timeOrigin + performance.now()));
      port2.postMessage(0);
    });
    const isReady = () => ${condition} !== null;
    if (isReady()) drawn();
    else {
      const observer = new MutationObserver(() => {
        if (!isReady()) return;
        observer.disconnect();
        drawn();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    }`;
}

async function timeStart(launch: Launch, ready: string): Promise<number> {
  const { command, args, env } = await launchCommand(launch);
  const startedAt = performance.timeOrigin + performance.now();
  const app = spawn(command, ['--remote-debugging-port=0', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(app, 'exit');
  const connection = await PageConnection.open(await debuggingAddress(app.stderr.setEncoding('utf8')));
  const readyAt = Number(await connection.toldBy(tellWhen(ready)));
  connection.close();
  app.kill('SIGTERM');
  await gone;
  return readyAt - startedAt;
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const hall = await Hall.open({ folder: join(folder, 'hall'), ptys: true, actions: {} });
  const { dataDir, configPath } = hall;
  const startKiosk = () => timeStart({ folder: kioskFolder, dataDir, configPath, size: portrait }, kioskReady);
  const bareData = join(folder, 'bare');
  const startBare = () => timeStart({ folder: bareFolder, dataDir: bareData, size: portrait }, bareReady);
  try {
    // The very first start of each makes its data folder and fills the caches of the machine.
    const first = { bare: await startBare(), kiosk: await startKiosk() };
    const bare: number[] = [];
    const kiosk: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await startBare());
      kiosk.push(await startKiosk());
    }
    const ratios = kiosk.map((time, round) => time / (bare[round] ?? time));
    say(`medians: bare ${median(bare).toFixed(0)} ms, kiosk ${median(kiosk).toFixed(0)} ms`);
    return {
      rows: [{ name: 'start-to-home', value: median(ratios), target: TARGET }],
      raw: { unit: 'ms', first, bare, kiosk, ratios },
    };
  } finally {
    await hall.close();
  }
}

export const startToHome: Measure = {
  name: 'start-to-home',
  explanation:
    'From starting the program to the first frame of a home page in service (reader probed, store open), against a bare ' +
    'window of the same Electron until the frame of its heading; by turns, median of the ratios; the first start of each ' +
    'is kept apart.',
  run,
};
