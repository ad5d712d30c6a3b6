import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demoDevices, Hall } from '../../scripts/hall/hall.ts';
import { paperText, decodeEscpos } from '../fixtures/paper/decode.ts';
import { kioskFolder } from '../../scripts/hall/launch.ts';
import { launchElectron } from '../drive/electron.ts';
import { cameraSwitches, drawReceipts, drawServed, prepareCamera } from '../drive/pictures.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import {
  chooseItem,
  fillApplication,
  onPage,
  press,
  receiptOutcome,
  signAndSubmit,
  typeOnScreen,
  walkPastReader,
  walkToReader,
} from '../drive/visit.ts';
import { countArrivals } from './arrivals.ts';

export interface TourOptions {
  readonly folder: string;
  /** Real terminals between kiosk and simulators; else links inside the device process. */
  readonly ptys: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly say: (line: string) => void;
}

/** Walks a person through two visits, with the platform there and with it gone, and checks what came of them. */
export async function runTour(options: TourOptions) {
  const { folder, size, say } = options;
  const startedAt = performance.now();
  let picture = 0;
  const step = (text: string) => say(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${text}`);

  const camera = join(folder, 'camera.mjpeg');
  await prepareCamera(camera);
  step('the camera has a made-up document to look at');
  const hall = await Hall.open({
    folder: join(folder, 'hall'),
    ptys: options.ptys,
    // Nobody can reach a simulator inside the device process: it lays its card down by itself.
    ...(options.ptys ? {} : { actions: demoDevices }),
  });
  step(`the hall is open: platform ${hall.platform.url}, devices ${hall.ports.join(', ')}`);
  const app = await launchElectron({
    folder: kioskFolder,
    dataDir: hall.dataDir,
    configPath: hall.configPath,
    size,
    switches: cameraSwitches(camera),
  });
  const page = await app.firstWindow();
  const shoot = async (name: string) => {
    picture += 1;
    const file = `${String(picture).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(folder, file) });
  };
  const seen = new Set<string>();
  const reached = async (name: string) => {
    step(`page: ${name}`);
    if (seen.has(name) && name !== 'handed-in') return;
    seen.add(name);
    await shoot(name);
  };

  try {
    const visits = [];
    say('\nA visit with the platform there');
    visits.push(await visit(hall, page, { reached, step, shoot, rateBy: 'page' }));
    await untilAllSent(page);
    step('the outbox is empty: case, scan and rating reached the platform');

    say('\nThe same with the platform stopped');
    await hall.platform.stop();
    visits.push(await visit(hall, page, { reached, step, shoot, rateBy: options.ptys ? 'pad' : 'page' }));
    step('handed in without a platform; it is started again');
    await hall.platform.start();
    await untilAllSent(page);
    step('the outbox is empty again');

    const received = await hall.platform.received();
    await writeFile(join(folder, 'received.json'), `${JSON.stringify(received, undefined, 2)}\n`);
    const count = countArrivals(
      received,
      visits.map(({ number }) => number),
    );
    for (const line of count.lines) step(line);
    const found = await lookUp(page, visits[0]?.number ?? '', count.officialNumbers[0] ?? '', { shoot });
    step(`progress by provisional number: ${found.byProvisional}; by official number: ${found.byOfficial}`);
    const receipts = await keepReceipts(hall, folder);
    step(`${receipts} receipts kept as bytes, text and pictures`);
    const overview = await drawServed(hall.platform.overviewUrl, size, join(folder, 'platform.png'));
    const shown = count.officialNumbers.every((number) => overview.includes(number));
    step(`the platform's page shows ${shown ? 'both cases' : 'NOT ALL CASES'}: platform.png`);
    const ok =
      shown &&
      count.exactlyOnce &&
      found.byProvisional === found.byOfficial &&
      visits.every(({ receipt }) => receipt === 'printed');
    say(ok ? '\nEverything arrived exactly once.' : '\nSOMETHING IS NOT AS IT SHOULD BE: see above.');
    return { ok, visits, arrivals: count.lines, seconds: (performance.now() - startedAt) / 1_000 };
  } finally {
    await app.close();
    await hall.close();
  }
}

interface Telling {
  readonly reached: (name: string) => Promise<void>;
  readonly step: (text: string) => void;
  readonly shoot: (name: string) => Promise<void>;
}

async function visit(
  hall: Hall,
  page: Page,
  { reached, step, shoot, rateBy }: Telling & { readonly rateBy: 'page' | 'pad' },
) {
  await walkToReader(page, reached);
  await hall.act('reader', { card: 'zhang' });
  step('a card is laid on the reader');
  const person = await walkPastReader(page, reached);
  step(`the page shows ${person.name} and …${person.idLast4}`);
  await hall.act('reader', { card: null });
  await chooseItem(page, seniorAllowance.code);
  await fillApplication(page, seniorAllowance.answers, reached);
  await reached('check');
  const number = await signAndSubmit(page, reached);
  step(`handed in: ${number}`);
  const receipt = await receiptOutcome(page);
  await shoot(`receipt-${receipt}`);
  step(`receipt: ${receipt}`);
  await onPage(page, 'rating');
  await reached('rating');
  if (rateBy === 'pad') {
    await hall.act('pad', { press: 3 });
    step('a key of the rating pad is pressed');
  } else {
    await page.locator('[data-level="satisfied"]').click();
    step('a level is pressed on the page');
  }
  await onPage(page, 'end');
  await page.locator('[data-wiped="true"]').waitFor();
  await reached('end');
  step('the visit is over and wiped');
  await press(page, 'next');
  await onPage(page, 'home');
  return { number, receipt, person };
}

/** Both numbers lead to the same case. */
async function lookUp(page: Page, provisional: string, official: string, { shoot }: Pick<Telling, 'shoot'>) {
  const ask = async (number: string) => {
    await onPage(page, 'home');
    await press(page, 'progress');
    await typeOnScreen(page, number);
    await press(page, 'next');
    await page.locator('[data-stage]').waitFor();
    const shown = (await page.locator('[data-fact="official-number"]').textContent()) ?? '';
    await shoot('progress');
    await press(page, 'back');
    return shown;
  };
  return { byProvisional: await ask(provisional), byOfficial: await ask(official) };
}

async function keepReceipts(hall: Hall, folder: string): Promise<number> {
  const printed = await hall.receipts();
  const drawings = [];
  for (const [index, bytes] of printed.entries()) {
    const name = join(folder, `receipt-${index + 1}`);
    await writeFile(`${name}.bin`, bytes);
    await writeFile(`${name}.txt`, paperText(decodeEscpos(bytes)));
    drawings.push({ bytes, file: `${name}.png` });
  }
  await drawReceipts(drawings);
  return printed.length;
}
