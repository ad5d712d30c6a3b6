import { join } from 'node:path';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { barePlainRow, bareTables, bytesOf, readRows } from './peers/bare-sqlite.ts';
import type { Contender } from './peers/contender.ts';
import { coreIntake } from './peers/core-intake.ts';
import { betterQueue, liteque, plainjob } from './peers/libraries.ts';

const ROUNDS = 15;
/** Commits of each in a round; many rounds, so that all meet the same moods of the disk. */
const COMMITS = 300;
const TARGET = 0.9;

/** What core is held to, and who stands beside. */
type Name = 'core' | 'bare' | (string & {});

async function open(folder: string): Promise<Readonly<Record<Name, Contender>>> {
  const at = (name: string) => join(folder, `${name}.db`);
  const core = await coreIntake(at('core'));
  await core.commit(1);
  const rows = readRows(core.database);
  const bytes = bytesOf(rows);
  const content = 'a'.repeat(bytes);
  return {
    core,
    bare: bareTables(at('bare'), rows),
    'one-plain-row': barePlainRow(at('one-plain-row'), bytes),
    'plainjob, its own': plainjob(at('plainjob'), content, 'own'),
    'plainjob, synced': plainjob(at('plainjob-synced'), content, 'synced'),
    'liteque, its own': liteque(at('liteque'), content, 'own'),
    'liteque, synced': liteque(at('liteque-synced'), content, 'synced'),
    'better-queue, its own (memory)': betterQueue('', content, 'own'),
    'better-queue, synced': betterQueue(at('better-queue'), content, 'synced'),
  };
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const contenders = await open(folder);
  const rates: Record<string, number[]> = {};
  try {
    // Round 0 compiles code and fills caches.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, contender] of Object.entries(contenders)) {
        const before = performance.now();
        await contender.commit(COMMITS);
        const rate = COMMITS / ((performance.now() - before) / 1_000);
        if (round > 0) (rates[name] ??= []).push(rate);
      }
    }
  } finally {
    for (const contender of Object.values(contenders)) contender.close();
  }
  const ratioTo = (name: Name) => median((rates['core'] ?? []).map((rate, at) => rate / (rates[name]?.[at] ?? 0)));
  for (const [name, values] of Object.entries(rates)) {
    const beside = name === 'core' ? '' : `, core has ${ratioTo(name).toFixed(2)} of it`;
    say(`${name}: ${median(values).toFixed(0)} a second${beside}`);
  }
  return { rows: [{ name: 'hand-ins', value: ratioTo('bare'), target: TARGET, atLeast: true }], raw: rates };
}

/** Each commit is on the disk before the next begins. */
export const handIns: Measure = {
  name: 'hand-ins',
  explanation:
    "Hand-ins a second by core's own intake (case, sealed outbox row and audit, synced) against bare better-sqlite3 that " +
    'commits the same rows ready-made to the same tables with the same settings; by turns, median of the ratios. Beside: ' +
    'as many bytes in one row of one plain table, and job queues with as many bytes, as they are and with each commit synced.',
  run,
};
