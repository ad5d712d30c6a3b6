import { join } from 'node:path';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { barePlainRow, bareTables, bytesOf, readRows } from './peers/bare-sqlite.ts';
import type { Contender } from './peers/contender.ts';
import { coreIntake } from './peers/core-intake.ts';
import { betterQueue, liteque, plainjob } from './peers/libraries.ts';

const ROUNDS = 15;
const ROUNDS_BESIDE = 5;
/** Commits of each in a round; many rounds, so that all meet the same moods of the disk. */
const COMMITS = 300;
/** Until code is compiled for good. With it core stays below the last serial number of a day, 9999. */
const COMMITS_BEFORE = 2_000;
const TARGET = 0.9;

type Contenders = Readonly<Record<string, Contender>>;
type Rates = Readonly<Record<string, readonly number[]>>;

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const at = (name: string) => join(folder, `${name}.db`);
  const core = await coreIntake(at('core'));
  await core.commit(COMMITS_BEFORE);
  const rows = readRows(core.database);
  const bytes = bytesOf(rows);
  say(`${bytes} bytes in the rows of a hand-in`);
  const bare = await rated(
    { core, bare: bareTables(at('bare'), rows), 'one plain row': barePlainRow(at('plain'), bytes) },
    ROUNDS,
  );
  tell(bare, say);
  // Apart, since what some of them keep in memory is garbage collected at the cost of all.
  const beside = await rated({ core, ...libraries(at, 'a'.repeat(bytes)) }, ROUNDS_BESIDE);
  tell(beside, say);
  core.close();
  return {
    rows: [{ name: 'hand-ins', value: ratio(bare, 'bare'), target: TARGET, atLeast: true }],
    raw: { bare, beside },
  };
}

function libraries(at: (name: string) => string, content: string): Contenders {
  return {
    'plainjob, its own': plainjob(at('plainjob'), content, 'own'),
    'plainjob, synced': plainjob(at('plainjob-synced'), content, 'synced'),
    'liteque, its own': liteque(at('liteque'), content, 'own'),
    'liteque, synced': liteque(at('liteque-synced'), content, 'synced'),
    'better-queue, its own (memory)': betterQueue('', content, 'own'),
    'better-queue, synced': betterQueue(at('better-queue'), content, 'synced'),
  };
}

/** Commits a second of each, by turns; closes all but core. */
async function rated(contenders: Contenders, rounds: number): Promise<Rates> {
  const rates: Record<string, number[]> = {};
  const others = Object.entries(contenders).filter(([name]) => name !== 'core');
  for (const [, other] of others) await other.commit(COMMITS_BEFORE);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const before = performance.now();
      await contender.commit(COMMITS);
      (rates[name] ??= []).push(COMMITS / ((performance.now() - before) / 1_000));
    }
  }
  for (const [, other] of others) other.close();
  return rates;
}

function ratio(rates: Rates, to: string): number {
  return median((rates['core'] ?? []).map((rate, at) => rate / (rates[to]?.[at] ?? 0)));
}

function tell(rates: Rates, say: BenchContext['say']): void {
  for (const [name, values] of Object.entries(rates)) {
    const beside = name === 'core' ? '' : `, core has ${ratio(rates, name).toFixed(2)} of it`;
    say(`${name}: ${median(values).toFixed(0)} a second${beside}`);
  }
}

/** Each commit is on the disk before the next begins. */
export const handIns: Measure = {
  name: 'hand-ins',
  explanation:
    "Hand-ins a second by core's own intake (case, sealed outbox row and audit, synced) against bare better-sqlite3 that " +
    'commits the same rows ready-made to the same tables with the same settings; by turns, median of the ratios. Beside: ' +
    'as many bytes in one row of one plain table; by turns with core, job queues with as many bytes, as they are and with each commit synced.',
  run,
};
