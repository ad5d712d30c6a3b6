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

const tile = '[data-page="home"] [data-entry="apply"] button';
/** Drawn and alive: the tile that most people come for takes a press. Whether it really does is tried in each round. */
const homeReady = `${tile}:not([data-disabled])`;
/** The page that a press on that tile leads to. */
const nextPage = '[data-page="consent"]';
/** In service: not only the page, but its reader and its store work. */
const inService = '[data-page="home"] [data-entry="apply"][data-state="works"]';
const bareReady = 'h1';

/** Tells when the first frame with such an element in it has been drawn, in milliseconds since 1970. */
function tellWhen(name: string, selector: string): string {
  return `{
    const drawn = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(${JSON.stringify(name)}, performance.timeOrigin + performance.now());
      port2.postMessage(0);
    });
    const isReady = () => document.querySelector(${JSON.stringify(selector)}) !== null;
    if (isReady()) drawn();
    else {
      const observer = new MutationObserver(() => {
        if (!isReady()) return;
        observer.disconnect();
        drawn();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    }
  }`;
}

interface Started {
  /** Milliseconds since 1970 at which the program was started. */
  readonly at: number;
  readonly page: PageConnection;
}

async function start(launch: Launch, use: (started: Started) => Promise<number>): Promise<number> {
  const { command, args, env } = await launchCommand(launch);
  const at = performance.timeOrigin + performance.now();
  const app = spawn(command, ['--remote-debugging-port=0', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(app, 'exit');
  const page = await PageConnection.open(await debuggingAddress(app.stderr.setEncoding('utf8')));
  try {
    return await use({ at, page });
  } finally {
    page.close();
    app.kill('SIGTERM');
    await gone;
  }
}

function timeUntil(selector: string) {
  return async ({ at, page }: Started): Promise<number> => {
    await page.run(tellWhen('ready', selector));
    return (await page.told('ready')) - at;
  };
}

/** The same, and then the tile is pressed: a home page that only looks ready fails here. */
async function timeUntilPressed({ at, page }: Started): Promise<number> {
  await page.run(tellWhen('ready', homeReady) + tellWhen('next', nextPage));
  const readyAt = await page.told('ready');
  await page.press(tile);
  await page.told('next');
  return readyAt - at;
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const hall = await Hall.open({ folder: join(folder, 'hall'), ptys: true, actions: {} });
  const { dataDir, configPath } = hall;
  const kiosk: Launch = { folder: kioskFolder, dataDir, configPath, size: portrait };
  const bareWindow: Launch = { folder: bareFolder, dataDir: join(folder, 'bare'), size: portrait };
  const takeAll = async () => ({
    bare: await start(bareWindow, timeUntil(bareReady)),
    home: await start(kiosk, timeUntilPressed),
    service: await start(kiosk, timeUntil(inService)),
  });
  try {
    // The very first start of each makes its data folder and fills the caches of the machine.
    const first = await takeAll();
    const rounds: (typeof first)[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await takeAll());
    const part = (pick: (round: typeof first) => number) => median(rounds.map(pick));
    const ms = (pick: (round: typeof first) => number) => `${part(pick).toFixed(0)} ms`;
    say(
      `medians: bare ${ms(({ bare }) => bare)}, home ${ms(({ home }) => home)}, ` +
        `in service ${ms(({ service }) => service)}; after each start to the home page its tile was pressed and led on`,
    );
    return {
      rows: [
        { name: 'start-to-home', value: part(({ bare, home }) => home / bare), target: TARGET },
        { name: 'start-to-service', value: part(({ bare, service }) => service / bare), target: TARGET },
      ],
      raw: { unit: 'ms', first, rounds },
    };
  } finally {
    await hall.close();
  }
}

export const startToHome: Measure = {
  name: 'start-to-home',
  explanation:
    'From starting the program to the first frame of the home page whose tiles take a press (each time one is pressed, and ' +
    'the next page has to follow), and to the first frame of a home page in service (reader probed, store open), both ' +
    'against a bare window of the same Electron until the frame of its heading; by turns, median of the ratios; the first ' +
    'start of each is kept apart.',
  run,
};
