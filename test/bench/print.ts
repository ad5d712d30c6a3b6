import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { QUICK_TAP_MS } from '../drive/finger.ts';
import {
  chooseItem,
  fillApplication,
  leaveVisit,
  receiptOutcome,
  signAndSubmit,
  walkPastReader,
  walkToReader,
} from '../drive/visit.ts';
import { lineTime, momentOf } from './line-event.ts';
import type { BenchContext, Measure, Measured } from './measure.ts';
import { median } from './measure.ts';
import type { Stage } from './stage.ts';
import { answers, item, onStage } from './stage.ts';

const ROUNDS = 9;
const TARGET = 1.05;

/** The moment at which the finger lifts from the next button, in milliseconds since 1970. */
function fingerLifted(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        window.addEventListener('pointerup', (event) => resolve(performance.timeOrigin + event.timeStamp), {
          capture: true,
          once: true,
        });
      }),
  );
}

/** The first receipt comes by itself: without paper it fails, and the page offers to print again. */
async function handInWithoutPaper({ hall, page }: Stage): Promise<void> {
  await walkToReader(page);
  await hall.act('reader', { card: 'zhang' });
  await walkPastReader(page);
  await hall.act('reader', { card: null });
  await chooseItem(page, item);
  await fillApplication(page, answers);
  await hall.act('printer', { paper: 'out' });
  await signAndSubmit(page);
  await page.locator('[data-receipt="failed"]').waitFor();
}

interface Round {
  readonly bytes: number;
  readonly limit: number;
  readonly took: number;
}

/** What the line carried while the finger rested is no part of the limit: nobody waits for it. */
async function printOnce({ hall, page }: Stage): Promise<Round> {
  await hall.act('printer', { paper: 'ok' });
  const lifted = fingerLifted(page);
  const ended = hall.next('printer', 'job-ended');
  await page.locator('button[data-name="print-again"]:not([data-disabled])').hover();
  await page.mouse.down();
  await setTimeout(QUICK_TAP_MS);
  const before = momentOf(await hall.act('printer', { paper: 'ok' }));
  await page.mouse.up();
  const end = momentOf(await ended);
  const outcome = await receiptOutcome(page);
  if (outcome !== 'printed') throw new Error(`the receipt is ${outcome}`);
  const bytes = end.bytesIn - before.bytesIn;
  return { bytes, limit: lineTime(bytes), took: end.at - (await lifted) };
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  return onStage(folder, async (stage) => {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await handInWithoutPaper(stage);
      rounds.push(await printOnce(stage));
      await leaveVisit(stage.page);
    }
    const part = (pick: (round: Round) => number) => median(rounds.map(pick));
    say(
      `line's own time ${part(({ limit }) => limit).toFixed(1)} ms for ${part(({ bytes }) => bytes)} bytes; ` +
        `taken ${part(({ took }) => took).toFixed(1)} ms`,
    );
    return {
      rows: [{ name: 'print', value: part(({ took, limit }) => took / limit), target: TARGET }],
      raw: { unit: 'ms', rounds },
    };
  });
}

export const print: Measure = {
  name: 'print',
  explanation:
    'From the finger leaving "print again" to the last byte taken by the printer behind a real terminal at 115200, paced, ' +
    'against bytes x 10 / baud of all that it was sent in that time; with the record of the job synced to the disk in it. ' +
    'The finger rests on the glass as a quick one does, and the printer is asked and readied meanwhile. A visit for each ' +
    'round, since a printed receipt is not offered again.',
  run,
};
