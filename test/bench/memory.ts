import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { bareFolder, portrait } from '../../scripts/hall/launch.ts';
import { launchElectron } from '../drive/electron.ts';
import { untilAllSent } from '../drive/status.ts';
import {
  chooseItem,
  fillApplication,
  leaveVisit,
  receiptOutcome,
  signAndSubmit,
  walkPastReader,
  walkToReader,
} from '../drive/visit.ts';
import type { BenchContext, Measure, Measured } from './measure.ts';
import { median } from './measure.ts';
import type { ProcessMemory } from './process-tree.ts';
import { memoryOfTree, strangersOf } from './process-tree.ts';
import type { Stage } from './stage.ts';
import { answers, item, onStage } from './stage.ts';

const ROUNDS = 3;
const TARGET = 1.5;

interface Memory {
  readonly tree: readonly ProcessMemory[];
  readonly strangers: number;
}

function memoryOf(app: ElectronApplication): Memory {
  const { pid } = app.process();
  if (pid === undefined) throw new Error('the application has ended');
  const tree = memoryOfTree(pid);
  return { tree, strangers: strangersOf(pid, tree) };
}

async function bareWindow(folder: string): Promise<Memory> {
  const app = await launchElectron({ folder: bareFolder, dataDir: join(folder, 'bare'), size: portrait });
  try {
    const page = await app.firstWindow();
    await page.locator('h1').waitFor();
    return memoryOf(app);
  } finally {
    await app.close();
  }
}

async function wholeVisit({ hall, page }: Stage): Promise<void> {
  await walkToReader(page);
  await hall.act('reader', { card: 'zhang' });
  await walkPastReader(page);
  await hall.act('reader', { card: null });
  await chooseItem(page, item);
  await fillApplication(page, answers);
  await signAndSubmit(page);
  await receiptOutcome(page);
  await leaveVisit(page);
  await untilAllSent(page);
}

function sum({ tree }: Memory): number {
  return tree.reduce((total, { pssKiB }) => total + pssKiB, 0) / 1_024;
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  // The first window on a new display loads the drivers of 3D graphics to see what the display can do, and leaves word of it
  // there (GDK_VISUALS): 30 MiB that no later window has, thrown away here.
  await bareWindow(join(folder, 'first'));
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const bare = await bareWindow(join(folder, String(round)));
    const kiosk = await onStage(join(folder, String(round)), async (stage) => {
      await wholeVisit(stage);
      return memoryOf(stage.app);
    });
    rounds.push({ bare, kiosk, ratio: sum(kiosk) / sum(bare) });
  }
  const bare = median(rounds.map((round) => sum(round.bare)));
  const kiosk = median(rounds.map((round) => sum(round.kiosk)));
  if (rounds.some((round) => round.bare.strangers + round.kiosk.strangers > 0))
    say('NOT VALID: other programs of the same Electron ran beside, and what they share counts for less');
  say(`medians: bare ${bare.toFixed(0)} MiB, kiosk ${kiosk.toFixed(0)} MiB`);
  return {
    rows: [{ name: 'memory', value: median(rounds.map(({ ratio }) => ratio)), target: TARGET }],
    raw: { unit: 'KiB', rounds },
  };
}

export const memory: Measure = {
  name: 'memory',
  explanation:
    'PSS of all processes of the kiosk (shell, page, GPU, network, core, devices) on its home page after a whole visit, ' +
    'against those of a bare window of the same Electron; by turns. Simulators and platform belong to the hall.',
  run,
};
