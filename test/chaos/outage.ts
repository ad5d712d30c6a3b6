import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { systemClock } from '../../src/contract/clock.ts';
import type { KioskConfig } from '../../src/contract/config.ts';
import { createRouter } from '../../src/core/api/router.ts';
import { DeviceLink } from '../../src/core/device/device-link.ts';
import { CoreRoom } from '../../src/core/room.ts';
import { SeededRandom } from '../../src/devices/faults/random.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { BenchDevices } from '../fixtures/bench-devices.ts';
import { benchKey, RecordedLog, writeConfig } from '../fixtures/core-bench.ts';
import { compare, noDoubt } from './hall/ledger.ts';
import { handIn, leave, rate, someLevel, somePapers, type Told, type VisitedKiosk } from './hall/visit.ts';
import { SimulatedClock } from './outage/simulated-clock.ts';
import { SimulatedLine, type Asked } from './outage/simulated-line.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';

const OUTAGE_MS = 72 * 3_600_000;
/** A hundred kiosks in one process. */
const ROUND_MS = 3_600_000;
/** During the outage time goes in such steps; what is done again and again meanwhile is done once in each. */
const STEP_MS = 20 * 60_000;
/** From then on time goes from moment to moment, so that nobody is in step with others by the steps above. */
const BEFORE_THE_END_MS = 20_000;
/** Everything is at the platform so long after the outage: core's longest wait between two tries. */
const DRAINED_WITHIN_MS = 15 * 60_000;
/**
 * At the most this share of the fleet begins to send within one second, and three standard deviations of a share of so many
 * kiosks more: 0.34 of a hundred. A herd would be all of them.
 */
const SHARE_OF_KIOSKS = 0.22;
const DEVIATIONS = 3;
/** At the most this share of all requests of the drain is made within one second. */
const LARGEST_SHARE_OF_REQUESTS = 0.35;

const sizes: Readonly<Record<Round['form'], { readonly kiosks: number; readonly cases: number }>> = {
  short: { kiosks: 20, cases: 40 },
  long: { kiosks: 100, cases: 800 },
};

/** Two more kiosks: one may keep few cases, and one may keep them for less than the outage lasts. */
const MOST_CASES = 5;
const MOST_DAYS = 2;

export const outage: Scenario = {
  name: 'outage',
  shows: {
    short: 'twenty kiosks come back after three days offline: each case in order, no herd, all drained',
    long: '[P-09] a hundred kiosks come back after 72 hours offline: each case in order, no herd, all drained',
  },
  rounds: { short: 1, long: 3 },
  roundMs: ROUND_MS,
  run: play,
};

/** A kiosk within this process: core with its store on disk, and a page and devices of the harness. */
interface SimulatedKiosk extends VisitedKiosk {
  readonly room: CoreRoom;
  readonly log: RecordedLog;
  readonly bugs: unknown[];
}

async function play(round: Round): Promise<RoundReport> {
  const { random, form } = round;
  const { kiosks: size, cases } = sizes[form];
  const clock = new SimulatedClock(Date.parse('2026-11-22T01:30:00Z'));
  const line = new SimulatedLine(clock, new SeededRandom(random.below(2 ** 32)));
  const platform = await createPlatform({ clock: systemClock, log: () => undefined });
  round.onEnd(() => platform.close());
  line.online = false;
  const kiosks = await Promise.all(
    Array.from({ length: size }, (_, index) => openKiosk(round, platform, clock, line.fetchOf(index), index)),
  );
  const bounded = await Promise.all(
    [{ cases: MOST_CASES }, { days: MOST_DAYS }].map((backlog, index) =>
      openKiosk(round, platform, clock, line.fetchOf(size + index), size + index, { backlog }),
    ),
  );
  const all = [...kiosks, ...bounded];
  const told: Told[] = [];
  const complaints = await fill(bounded, random, told);
  for (let left = OUTAGE_MS, open = cases; left > BEFORE_THE_END_MS; left -= STEP_MS) {
    // As many each step that all have come by the end.
    for (const due = Math.ceil((open * STEP_MS) / left), last = Math.max(0, open - due); open > last; open -= 1)
      told.push(await visit(random.of(kiosks), random));
    clock.jump(Math.min(STEP_MS, left - BEFORE_THE_END_MS));
    await line.settle();
  }
  const back = clock.now().getTime() + BEFORE_THE_END_MS;
  while (clock.now().getTime() < back) await line.goOn();

  for (const kiosk of bounded) complaints.push(...(await refuses(kiosk, random)));
  line.online = true;
  const waiting = () => all.filter(({ room }) => room.board.view().waiting > 0).length;
  while (waiting() > 0 && clock.now().getTime() < back + DRAINED_WITHIN_MS) await line.goOn();
  if (waiting() > 0) complaints.push(`${waiting()} kiosks are not drained in time`);
  if (bounded.some(({ room }) => boundOf(room) !== undefined))
    complaints.push('a bound is still told of after the drain');
  const arrived = await platform.received();
  const records = [...arrived.cases.map(({ id }) => ({ id, caseId: id })), ...arrived.scans, ...arrived.ratings];
  const caseOf = new Map<unknown, string>(records.map(({ id, caseId }) => [id, caseId]));
  complaints.push(...compare(told, arrived, noDoubt), ...all.flatMap((kiosk) => outOfOrder(kiosk, caseOf)));
  if (all.some(({ bugs }) => bugs.length > 0)) complaints.push('a kiosk met a bug');
  if (all.some(({ room }) => room.board.view().needsStaff > 0)) complaints.push('records need staff');
  const { facts, tooMany } = herd(
    line.asked.filter(({ kiosk }) => kiosk < size),
    size,
  );
  const seconds = Math.ceil((clock.now().getTime() - back) / 1_000);
  return {
    counts: { kiosks: all.length, cases: arrived.cases.length, 'simulated seconds to drain': seconds, ...facts },
    complaints: [...complaints, ...tooMany],
  };
}

/** What a kiosk says of its bounds, to staff and on the tile for applications. */
function boundOf(room: CoreRoom): string | undefined {
  const { notices, services } = room.board.view();
  const notice = notices.map(({ kind }) => kind).find((kind) => kind.startsWith('backlog-'));
  const isClosed = services.some(({ service, why }) => service === 'apply' && why === 'backlog');
  return notice === 'backlog-full' && !isClosed ? 'full and open' : notice;
}

/** One up to its bound, which staff are warned of before; the other with a case that will be too old. */
async function fill([few, short]: readonly SimulatedKiosk[], random: SeededRandom, told: Told[]): Promise<string[]> {
  if (!few || !short) throw new Error('two kiosks are bounded');
  const complaints: string[] = [];
  told.push(await visit(short, random));
  for (let n = 1; n <= MOST_CASES; n += 1) {
    told.push(await visit(few, random));
    const wanted = n === MOST_CASES ? 'backlog-full' : n >= 0.8 * MOST_CASES ? 'backlog-filling' : undefined;
    const bound = boundOf(few.room);
    if (bound !== wanted) complaints.push(`with ${n} of ${MOST_CASES} cases staff read ${bound ?? 'nothing'}`);
  }
  return complaints;
}

/** At its bound nothing more is begun, by name, and what is here is kept. */
async function refuses(kiosk: SimulatedKiosk, random: SeededRandom): Promise<string[]> {
  const { waiting } = kiosk.room.board.view();
  const complaints = boundOf(kiosk.room) === 'backlog-full' ? [] : ['a kiosk at its bound does not say so'];
  const refusal = await handIn(kiosk, somePapers(random)).then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
  await leave(kiosk);
  if (refusal !== 'BACKLOG_FULL') complaints.push(`a kiosk at its bound refused with ${String(refusal)}`);
  if (kiosk.room.board.view().waiting !== waiting) complaints.push('a kiosk at its bound took or lost a record');
  return complaints;
}

async function visit(kiosk: SimulatedKiosk, random: SeededRandom): Promise<Told> {
  const told = await handIn(kiosk, somePapers(random));
  if (random.below(2) === 0) await rate(kiosk, told, someLevel(random));
  await leave(kiosk);
  return told;
}

async function openKiosk(
  round: Round,
  platform: Platform,
  clock: SimulatedClock,
  fetch: typeof globalThis.fetch,
  index: number,
  more: Partial<KioskConfig> = {},
): Promise<SimulatedKiosk> {
  const folder = join(round.folder, `kiosk-${index}`);
  mkdirSync(folder);
  const configPath = writeConfig(folder, platform.url, [], { kioskId: `K${String(index).padStart(4, '0')}`, ...more });
  const log = new RecordedLog();
  const bugs: unknown[] = [];
  const devices = new BenchDevices();
  const link = new DeviceLink(log.log);
  const jitter = new SeededRandom(round.random.below(2 ** 32));
  const random = { fraction: () => jitter.below(2 ** 32) / 2 ** 32, bytes: randomBytes };
  const room = new CoreRoom({
    clock,
    random,
    fetch,
    log: log.log,
    devices: link,
    onBug: (error) => bugs.push(error),
    restart: () => undefined,
    addWorkingDays: () => undefined,
  });
  link.connect(createRouterClient(devices.router));
  const dataDir = join(folder, 'data');
  await room.start({ configPath, dataDir, deviceKey: benchKey.toString('base64'), appVersion: '0.0.0' });
  round.onEnd(async () => room.stop());
  return { room, log, bugs, devices, core: createRouterClient(createRouter(room)), alive: (work) => work };
}

/** Whether the steps of a kiosk's cases went in another order than case, pages, rating. */
function outOfOrder({ log }: SimulatedKiosk, caseOf: ReadonlyMap<unknown, string>): string[] {
  const ranks = ['case', 'scan', 'rating'];
  const reached = new Map<string, number>();
  const complaints: string[] = [];
  for (const { event, fields } of log.events) {
    const id = caseOf.get(fields['record']);
    if (event !== 'core.delivered' || id === undefined) continue;
    const rank = ranks.indexOf(String(fields['step']));
    const before = reached.get(id) ?? -1;
    if (rank < before || (before === -1 && rank !== 0)) complaints.push(`case ${id} went out of order`);
    reached.set(id, rank);
  }
  return complaints;
}

/** How many kiosks began to send, and how many requests were made, within the worst second. */
function herd(asked: readonly Asked[], size: number) {
  const writes = asked.filter(({ method }) => method !== 'GET');
  const began = new Map<number, number>();
  for (const { kiosk, at } of writes) began.set(kiosk, Math.min(at, began.get(kiosk) ?? at));
  const starts = worstSecond([...began.values()]);
  const requests = worstSecond(writes.map(({ at }) => at));
  const asks = worstSecond(asked.filter(({ method }) => method === 'GET').map(({ at }) => at));
  const tooMany: string[] = [];
  const largest = SHARE_OF_KIOSKS + DEVIATIONS * Math.sqrt((SHARE_OF_KIOSKS * (1 - SHARE_OF_KIOSKS)) / size);
  if (starts > largest * size) tooMany.push(`${starts} of ${size} kiosks began within a second`);
  if (requests > LARGEST_SHARE_OF_REQUESTS * writes.length)
    tooMany.push(`${requests} of ${writes.length} requests came within a second`);
  const facts = {
    requests: writes.length,
    'requests in the worst second': requests,
    'kiosks that began in the worst second': starts,
    'health calls in the worst second': asks,
  };
  return { facts, tooMany };
}

function worstSecond(moments: readonly number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let worst = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1_000) first += 1;
    worst = Math.max(worst, last - first + 1);
  }
  return worst;
}
