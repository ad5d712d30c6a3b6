import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compare, compareNumbers, examineStore } from '../hall/ledger.ts';
import { Kiosk, KioskGone } from '../hall/kiosk.ts';
import { PlatformProcess } from '../hall/platform.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told } from '../hall/visit.ts';
import type { Round, RoundReport } from '../scenario.ts';
import { countHits, type Place } from './hits.ts';
import { type CallCounts, describePoint, type KillPoint, somePoint, tracerFor } from './kill-point.ts';

/** What a kiosk does in its start and about three visits with their sending. */
const calls: CallCounts = { pwrite64: 330, fsync: 60, rename: 8, write: 120, writev: 18 };
const LONGEST_LIFE_MS = 1_200;
const KILLS_IN_A_ROUND = 5;
/** Ends a life whose call never comes. */
const MOST_VISITS = 5;

/** A kiosk that is killed again and again while people hand in and it sends; then it is let work in peace. */
export async function killVisits(round: Round): Promise<RoundReport> {
  const { random, folder } = round;
  const platform = await new PlatformProcess(join(folder, 'platform')).start();
  round.onEnd(() => platform.stop());
  const told: Told[] = [];
  const complaints: string[] = [];
  const points: KillPoint[] = [];
  const hits: Place[] = [];
  for (let n = 0; n < KILLS_IN_A_ROUND; n += 1) {
    const point = somePoint(random, calls, LONGEST_LIFE_MS);
    points.push(point);
    complaints.push(...(await workAndDie(round, platform.url, point, { told, hits })));
  }

  const kiosk = await Kiosk.start({ folder, platformUrl: platform.url });
  round.onEnd(() => kiosk.kill());
  await kiosk.settled();
  const status = await kiosk.until(({ outOfService, waiting }) => outOfService !== undefined || waiting === 0);
  if (status.outOfService) complaints.push(`out of service: ${status.outOfService.reason}`);
  if (status.needsStaff > 0) complaints.push(`${status.needsStaff} records need staff`);
  if (status.notices.some(({ kind }) => kind === 'store-set-aside')) complaints.push('the store was set aside');
  const arrived = await platform.received();
  complaints.push(...compare(told, arrived, { cases: points.length, ratings: points.length }));
  complaints.push(...(await compareNumbers(kiosk, arrived)));
  await kiosk.stop();
  complaints.push(...examineStore(folder));
  // Pages of visits that were cut off are gone at the latest at the next start; the others have their time of grace.
  const left = readdirSync(join(folder, 'data', 'scans')).length;
  if (left !== arrived.scans.length) complaints.push(`${left} page files for ${arrived.scans.length} pages`);
  const lives = points.map(describePoint).join(', ');
  return {
    counts: { kills: points.length, cases: arrived.cases.length, replays: arrived.replays, ...countHits(hits) },
    complaints: complaints.map((complaint) => `${complaint} (killed ${lives})`),
  };
}

interface Life {
  readonly told: Told[];
  readonly hits: Place[];
}

async function workAndDie(
  round: Round,
  platformUrl: string,
  point: KillPoint,
  { told, hits }: Life,
): Promise<string[]> {
  const { random, folder } = round;
  let kiosk: Kiosk | undefined;
  let at: Place | undefined = 'start';
  let waiting = 0;
  try {
    kiosk = await Kiosk.start({ folder, platformUrl, tracer: tracerFor(point) });
    const victim = kiosk;
    round.onEnd(() => victim.kill());
    if (point.at === 'time') setTimeout(() => void victim.kill(), point.milliseconds);
    await kiosk.settled();
    at = undefined;
    const watching = kiosk.until((status) => {
      ({ waiting } = status);
      return false;
    });
    // It ends with the kiosk, and whoever waits for that hears of it.
    watching.catch(() => undefined);
    const onStep = (step: Place | undefined) => {
      at = step;
    };
    for (let visits = 0; visits < MOST_VISITS; visits += 1) {
      const one = await handIn(kiosk, somePapers(random), { onStep });
      told.push(one);
      await rate(kiosk, one, someLevel(random));
      await leave(kiosk);
    }
    await kiosk.kill();
    return [];
  } catch (error) {
    if (!(error instanceof KioskGone)) throw error;
    if (error.end.signal !== 'SIGKILL') return [error.message];
    if (at !== undefined) hits.push(at);
    if (waiting > 0) hits.push('sync');
    return [];
  }
}
