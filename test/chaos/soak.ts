import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultyProxy } from './faulty-proxy.ts';
import { compare, compareNumbers, examineStore, noDoubt } from './hall/ledger.ts';
import { Kiosk } from './hall/kiosk.ts';
import { someFault } from './hall/network-faults.ts';
import { PlatformProcess } from './hall/platform.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told } from './hall/visit.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';

const gauge = join(import.meta.dirname, '../soak/unplug/gauge.ts');

const SESSIONS = 2_000;
/** Some of them in a second, on a machine that does other things beside. */
const ROUND_MS = 2 * 3_600_000;
/** Until then the allocators take memory that they keep. */
const WARM_UP = 500;
/** Sessions here follow each other without a pause, in which a process would collect its garbage; so it is told to. */
const COLLECT_EACH = 20;
/** All of them within a day, since core is started anew each night. */
const OPENING = Date.parse('2026-11-22T06:00:00+08:00');
const SESSION_MS = 15_000;
const MOST_GROWTH = 0.1;
const PAGE_BYTES = 4_096;
const FAULT_EACH = 3;
const STEP_MS = 16 * 60_000;
const LOOK_EVERY_MS = 100;
const SETTLE_STEPS = 600;

export const soak: Scenario = {
  name: 'soak',
  shows: {
    short: 'two thousand sessions with faults: no case is lost and core grows by less than a tenth',
    long: '[M-18] two thousand sessions with faults: no case is lost and core grows by less than a tenth',
  },
  rounds: { short: 0, long: 1 },
  roundMs: ROUND_MS,
  run: play,
};

async function play(round: Round): Promise<RoundReport> {
  const { folder, random } = round;
  const platform = await new PlatformProcess(join(folder, 'platform')).start();
  round.onEnd(() => platform.stop());
  const proxy = await FaultyProxy.open(platform.port);
  round.onEnd(() => proxy.close());
  const kiosk = await Kiosk.start({
    folder,
    platformUrl: proxy.url,
    speed: 20,
    startAt: OPENING,
    nodeOptions: ['--expose-gc', '--import', gauge],
  });
  round.onEnd(() => kiosk.kill());
  await kiosk.settled();
  const told: Told[] = [];
  let before = 0;
  for (let session = 0; session < SESSIONS; session += 1) {
    if (random.below(FAULT_EACH) === 0) proxy.expect(someFault(random));
    await someSession();
    kiosk.advance(SESSION_MS);
    if ((session + 1) % COLLECT_EACH === 0) await collected(kiosk);
    if (session + 1 === WARM_UP) before = residentBytes(kiosk);
  }
  await collected(kiosk);
  const after = residentBytes(kiosk);
  proxy.heal();
  for (let step = 0; (await kiosk.core.system.status()).waiting > 0 && step < SETTLE_STEPS; step += 1) {
    if (step % 10 === 9) kiosk.advance(STEP_MS);
    await pause(LOOK_EVERY_MS);
  }
  const arrived = await platform.received();
  const complaints = [...compare(told, arrived, noDoubt), ...(await compareNumbers(kiosk, arrived))];
  await kiosk.stop();
  complaints.push(...examineStore(folder));
  if (after > before * (1 + MOST_GROWTH))
    complaints.push(`resident ${megabytes(before)} MB became ${megabytes(after)} MB`);
  return {
    counts: {
      sessions: SESSIONS,
      cases: arrived.cases.length,
      faults: proxy.faults,
      'MB before': megabytes(before),
      'MB after': megabytes(after),
    },
    complaints,
  };

  /** Most people hand something in, some go away in the middle. */
  async function someSession(): Promise<void> {
    if (random.below(5) === 0) {
      await kiosk.alive(kiosk.core.session.start({ locale: 'zh-CN' }));
      await kiosk.alive(kiosk.core.session.consent());
      await kiosk.alive(kiosk.core.session.end({ cause: 'left' }));
      return;
    }
    const one = await handIn(kiosk, somePapers(random));
    told.push(one);
    if (random.below(2) === 0) await rate(kiosk, one, someLevel(random));
    await leave(kiosk);
  }
}

/** proc(5), /proc/pid/statm: the second number is resident pages. */
function residentBytes(kiosk: Kiosk): number {
  return Number(readFileSync(`/proc/${kiosk.child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}

/** Resolves when the kiosk's process has collected all garbage. */
async function collected(kiosk: Kiosk): Promise<void> {
  const told = new Promise<void>((resolve) => {
    const hear = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'gauge') return;
      kiosk.child.off('message', hear);
      resolve();
    };
    kiosk.child.on('message', hear);
  });
  kiosk.child.kill('SIGUSR2');
  await kiosk.alive(told);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
