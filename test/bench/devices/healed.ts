import { join } from 'node:path';
import { endSilence, silenceInNextJob } from '../../drive/broken-job.ts';
import { signal } from '../../drive/processes.ts';
import { untilLogged } from '../../../scripts/hall/logged.ts';
import { chooseItem, fillApplication, leaveVisit, press, receiptOutcome, signAndSubmit } from '../../drive/visit.ts';
import { signIn } from '../../drive/whole-visit.ts';
import { decodeEscpos, paperText } from '../../fixtures/paper/decode.ts';
import type { BenchContext, Measure, Measured } from '../measure.ts';
import type { Stage } from '../stage.ts';
import { answers, item, onStage } from '../stage.ts';

const ROUNDS = 3;
const TARGET_S = 3;
const ids = ['reader', 'printer', 'pad'] as const;

/** A visit up to its receipt, of which the device process dies; answers with the seconds until every device is ready again. */
async function healOnce({ hall, app, page }: Stage): Promise<number> {
  // The printer's word never comes: the process dies with the job in its hands.
  const { silenced } = await silenceInNextJob(hall);
  await signIn({ hall, page }, 'zhang');
  await chooseItem(page, item);
  await fillApplication(page, answers);
  const number = await signAndSubmit(page);
  await silenced;
  const logs = join(hall.dataDir, 'logs');
  const since = Date.now();
  const start = performance.now();
  await signal(app, 'devices', 'SIGSEGV');
  await endSilence(hall);
  const readyAgain = (device: string) =>
    untilLogged(logs, { event: 'devices.state-changed', fields: { device, to: 'ready' }, since });
  await Promise.all(ids.map(readyAgain));
  const seconds = (performance.now() - start) / 1_000;
  await mustBeReported({ hall, app, page }, number);
  await leaveVisit(page);
  return seconds;
}

/**
 * The job is not lost: the page says that it failed, and when told to prints it again, once. What the process had handed to the
 * system before it died may have come out as well, and nobody knows.
 */
async function mustBeReported({ hall, page }: Stage, number: string): Promise<void> {
  const papers = (): number => hall.printed().filter((bytes) => paperText(decodeEscpos(bytes)).includes(number)).length;
  if ((await receiptOutcome(page)) !== 'failed') throw new Error('nobody was told of the receipt');
  const before = papers();
  await press(page, 'print-again');
  const outcome = await receiptOutcome(page);
  if (outcome !== 'printed' || papers() !== before + 1)
    throw new Error(`${outcome}, ${papers()} times on paper after ${before}`);
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  return onStage(folder, async (stage) => {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await healOnce(stage));
    say(
      `seconds: ${rounds.map((seconds) => seconds.toFixed(2)).join(', ')}; each job was reported and printed again once`,
    );
    return {
      rows: [{ name: 'device-process-healed', value: Math.max(...rounds), target: TARGET_S }],
      raw: { unit: 's', rounds },
    };
  });
}

export const healed: Measure = {
  name: 'healed',
  explanation:
    'From a segmentation fault of the device process, in Electron and in the middle of a receipt, until its supervisor has started ' +
    'another one and all three devices are ready in it, in seconds; the longest of some visits. Each time the page has to say that ' +
    'the receipt failed and to print it again, once.',
  run,
};
