import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { latestVersion, migrate } from '../../../src/core/store/migrations/index.ts';
import { Kiosk, KioskGone } from '../hall/kiosk.ts';
import { examineStore } from '../hall/ledger.ts';
import type { Round, RoundReport } from '../scenario.ts';
import { countHits, type Place } from './hits.ts';
import { type CallCounts, describePoint, type KillPoint, somePoint, tracerFor } from './kill-point.ts';

/** What a kiosk does until it is in service on a store of an earlier version. */
const calls: CallCounts = { pwrite64: 90, fsync: 24, ftruncate: 2, unlink: 2, write: 12 };
const LONGEST_START_MS = 700;
const KILLS_IN_A_ROUND = 5;
const MOST_CASES = 400;
const PAYLOAD_BYTES = 900;

const nobody = 'http://127.0.0.1:9';

interface Kept {
  readonly id: string;
  readonly number: string;
  readonly payload: Buffer;
}

/** A kiosk whose store is of an earlier version is killed again and again in its first start after the update. */
export async function killMigration(round: Round): Promise<RoundReport> {
  const { random, folder } = round;
  const version = 1 + random.below(latestVersion - 1);
  const kept = Array.from({ length: 1 + random.below(MOST_CASES) }, (_, index): Kept => {
    const payload = Buffer.from(random.bytes(PAYLOAD_BYTES));
    return { id: `case-${index}`, number: `YS-${index}`, payload };
  });
  makeStore(folder, version, kept);
  const complaints: string[] = [];
  const points: KillPoint[] = [];
  const hits: Place[] = [];
  for (let n = 0; n < KILLS_IN_A_ROUND; n += 1) {
    const point = somePoint(random, calls, LONGEST_START_MS);
    points.push(point);
    complaints.push(...(await startAndDie(round, point, hits)));
  }
  const kiosk = await Kiosk.start({ folder, platformUrl: nobody });
  round.onEnd(() => kiosk.kill());
  const { outOfService, waiting, notices } = await kiosk.settled();
  if (outOfService) complaints.push(`out of service: ${outOfService.reason}`);
  if (notices.some(({ kind }) => kind === 'store-set-aside')) complaints.push('the store was set aside');
  if (waiting !== kept.length) complaints.push(`${waiting} of ${kept.length} records wait`);
  await kiosk.stop();
  complaints.push(...examineStore(folder), ...missing(folder, kept));
  const lives = `from version ${version}, killed ${points.map(describePoint).join(', ')}`;
  return {
    counts: { kills: points.length, ...countHits(hits) },
    complaints: complaints.map((complaint) => `${complaint} (${lives})`),
  };
}

async function startAndDie(round: Round, point: KillPoint, hits: Place[]): Promise<string[]> {
  const { folder } = round;
  const met = versionOf(folder) < latestVersion ? 'migration' : 'start';
  try {
    const kiosk = await Kiosk.start({ folder, platformUrl: nobody, tracer: tracerFor(point) });
    round.onEnd(() => kiosk.kill());
    if (point.at === 'time') setTimeout(() => void kiosk.kill(), point.milliseconds);
    const { outOfService } = await kiosk.settled();
    await kiosk.kill();
    return outOfService ? [`out of service: ${outOfService.reason}`] : [];
  } catch (error) {
    if (!(error instanceof KioskGone)) throw error;
    if (error.end.signal !== 'SIGKILL') return [error.message];
    hits.push(met);
    return [];
  }
}

/** Read in a copy, so that what a kill left is met by the next life as it is. */
function versionOf(folder: string): number {
  const copy = join(folder, 'looked-at');
  cpSync(join(folder, 'data'), copy, { recursive: true });
  const store = new Sqlite(join(copy, 'kiosk.db'));
  const version = Number(store.pragma('user_version', { simple: true }));
  store.close();
  rmSync(copy, { recursive: true });
  return version;
}

/** As a kiosk of that version left it, with cases that could not be sent. */
function makeStore(folder: string, version: number, kept: readonly Kept[]): void {
  mkdirSync(join(folder, 'data'));
  const store = new Sqlite(join(folder, 'data', 'kiosk.db'));
  store.pragma('journal_mode = WAL');
  // "kisk": tells the store from any other SQLite file.
  store.pragma('application_id = 1802072939');
  migrate(store, version);
  const at = '2026-11-22T09:00:00+08:00';
  const addCase = store.prepare(
    `INSERT INTO case_record (id, provisional_number, receipt_code, item_code, item_version, item_name, department, handed_in_at)
     VALUES (?, ?, ?, 'code', 1, '户口迁移', '公安局', ?)`,
  );
  const addRow = store.prepare(
    `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, payload)
     VALUES (?, ?, 0, 'case', 'waiting', 0, ?, ?)`,
  );
  store.transaction(() => {
    for (const { id, number, payload } of kept) {
      addCase.run(id, number, `R-${id}`, at);
      addRow.run(id, id, at, payload);
    }
  })();
  store.close();
}

function missing(folder: string, kept: readonly Kept[]): string[] {
  const store = new Sqlite(join(folder, 'data', 'kiosk.db'), { readonly: true });
  try {
    const version = store.pragma('user_version', { simple: true });
    const numbers = store.prepare<[string], string>('SELECT provisional_number FROM case_record WHERE id = ?').pluck();
    const payloads = store.prepare<[string], Buffer>('SELECT payload FROM outbox WHERE id = ?').pluck();
    return [
      ...(version === latestVersion ? [] : [`the store is of version ${String(version)}`]),
      ...kept.filter(({ id, number }) => numbers.get(id) !== number).map(({ id }) => `${id} is lost`),
      ...kept
        .filter(({ id, payload }) => !payloads.get(id)?.equals(payload))
        .map(({ id }) => `${id} has other content`),
    ];
  } finally {
    store.close();
  }
}
