import { join } from 'node:path';
import type { SeededRandom } from '../../src/devices/faults/random.ts';
import { compare, compareNumbers, examineStore } from './hall/ledger.ts';
import { Kiosk, KioskGone } from './hall/kiosk.ts';
import { PlatformProcess } from './hall/platform.ts';
import { noStrace, tampering } from './hall/strace.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told } from './hall/visit.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';

const LIVES_IN_A_ROUND = 3;
const VISITS = 4;

/** What the disk may say to which call, and how often such a call is made in the start and a few visits. */
const troubles = [
  { call: 'fsync', error: 'EIO', calls: 70 },
  { call: 'fsync', error: 'ENOSPC', calls: 70 },
  { call: 'pwrite64', error: 'ENOSPC', calls: 300 },
  { call: 'pwrite64', error: 'EIO', calls: 300 },
  { call: 'pwrite64', error: 'EROFS', calls: 300 },
  { call: 'rename', error: 'ENOSPC', calls: 10 },
  { call: 'ftruncate', error: 'EIO', calls: 2 },
] as const;

/** Lasting so many calls, or to the end. */
const LONGEST = 40;
const FOR_EVER_EACH = 3;

export const diskFaults: Scenario = {
  name: 'disk-faults',
  shows: {
    short:
      'a disk that fails at random calls: refused by name, healed or out of service with a word, and nothing told is lost',
    long: 'a disk that fails at 150 random calls: refused by name, healed or out of service with a word, and nothing told is lost',
  },
  rounds: { short: 2, long: 50 },
  cannotRun: noStrace,
  run: play,
  judge: ({ refused = 0, cases = 0 }) => [
    ...(refused > 0 ? [] : ['nothing was refused: no fault met a write']),
    ...(cases > 0 ? [] : ['no case came']),
  ],
};

interface Tally {
  readonly told: Told[];
  readonly complaints: string[];
  refused: number;
  outOfService: number;
}

async function play(round: Round): Promise<RoundReport> {
  const { random, folder } = round;
  const platform = await new PlatformProcess(join(folder, 'platform')).start();
  round.onEnd(() => platform.stop());
  const tally: Tally = { told: [], complaints: [], refused: 0, outOfService: 0 };
  const injections: string[] = [];
  for (let life = 0; life < LIVES_IN_A_ROUND; life += 1) {
    const { call, injection } = someTrouble(random);
    injections.push(`${call}:${injection}`);
    await workOnBadDisk(round, platform.url, tampering([call], injection), tally);
  }
  const kiosk = await Kiosk.start({ folder, platformUrl: platform.url });
  round.onEnd(() => kiosk.kill());
  await kiosk.settled();
  const status = await kiosk.until(({ outOfService, waiting }) => outOfService !== undefined || waiting === 0);
  const complaints = [...tally.complaints];
  if (status.outOfService) complaints.push(`out of service on a good disk: ${status.outOfService.reason}`);
  if (status.needsStaff > 0) complaints.push(`${status.needsStaff} records need staff`);
  // A disk that failed while the store was being made leaves a shell, which is set aside, and staff are told.
  const setAside = status.notices.filter(({ kind }) => kind === 'store-set-aside').length;
  const arrived = await platform.received();
  // Whoever was told "not handed in" comes again: such a case must not have come.
  complaints.push(...compare(tally.told, arrived, { cases: 0, ratings: 0 }));
  complaints.push(...(await compareNumbers(kiosk, arrived)));
  await kiosk.stop();
  complaints.push(...examineStore(folder));
  const { refused, outOfService } = tally;
  return {
    counts: {
      faults: injections.length,
      cases: arrived.cases.length,
      refused,
      'out of service': outOfService,
      'set aside': setAside,
    },
    complaints: complaints.map((complaint) => `${complaint} (${injections.join(', ')})`),
  };
}

function someTrouble(random: SeededRandom): { readonly call: string; readonly injection: string } {
  const { call, error, calls } = random.of(troubles);
  const first = 1 + random.below(calls);
  const last = random.below(FOR_EVER_EACH) === 0 ? '+' : `..${first + random.below(LONGEST)}`;
  return { call, injection: `error=${error}:when=${first}${last}` };
}

async function workOnBadDisk(
  round: Round,
  platformUrl: string,
  tracer: readonly string[],
  tally: Tally,
): Promise<void> {
  const { random, folder } = round;
  const kiosk = await Kiosk.start({ folder, platformUrl, tracer });
  round.onEnd(() => kiosk.kill());
  try {
    const { outOfService } = await kiosk.settled();
    if (outOfService) {
      tally.outOfService += 1;
      if (outOfService.reason !== 'store-failed') tally.complaints.push(`out of service: ${outOfService.reason}`);
      return;
    }
    for (let visit = 0; visit < VISITS; visit += 1) {
      const told = await named(tally, () => handIn(kiosk, somePapers(random)));
      if (told) tally.told.push(told);
      if (told) await named(tally, () => rate(kiosk, told, someLevel(random)));
      await leave(kiosk);
    }
  } catch (error) {
    if (!(error instanceof KioskGone)) throw error;
    tally.complaints.push(error.message);
  } finally {
    await kiosk.kill();
  }
}

const causes: readonly unknown[] = ['disk-full', 'read-only', 'input-output'];

/** The result, or nothing when it was refused with the disk's own word. */
async function named<T>(tally: Tally, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error) || !causes.includes(error.data.cause)) throw error;
    tally.refused += 1;
    return undefined;
  }
}

function isRefusal(error: unknown): error is Error & { readonly data: { readonly cause: unknown } } {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'STORE_FAILED' || !('data' in error))
    return false;
  return typeof error.data === 'object' && error.data !== null && 'cause' in error.data;
}
