import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '../../src/devices/faults/random.ts';
import type { Form, Round, RoundReport, Scenario } from './scenario.ts';

/** A round that is not over by then hangs, unless its scenario says otherwise. */
const ROUND_MS = 180_000;
/** So many failures are told; the others are most likely the same. */
const MOST_FAILURES = 5;

export interface Failure {
  /** Of the round: with it and one round, it happens again. */
  readonly seed: number;
  readonly complaint: string;
}

export interface Verdict {
  readonly rounds: number;
  readonly seconds: number;
  /** Of all rounds together. */
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

/** Plays a scenario. Its rounds have the seed, the one after it and so on. */
export async function play(
  scenario: Scenario,
  form: Form,
  seed: number,
  rounds = scenario.rounds[form],
): Promise<Verdict> {
  const start = performance.now();
  const counts: Record<string, number> = {};
  const failures: Failure[] = [];
  let played = 0;
  for (; played < rounds && failures.length < MOST_FAILURES; played += 1) {
    const roundSeed = (seed + played) >>> 0;
    const report = await playRound(scenario, form, roundSeed);
    for (const [name, count] of Object.entries(report.counts)) counts[name] = (counts[name] ?? 0) + count;
    failures.push(...report.complaints.map((complaint) => ({ seed: roundSeed, complaint })));
  }
  // A single round says little about all of them.
  const judged = rounds === scenario.rounds[form] ? (scenario.judge?.(counts) ?? []) : [];
  failures.push(...judged.map((complaint) => ({ seed, complaint })));
  const seconds = (performance.now() - start) / 1_000;
  return { rounds: played, seconds, counts, failures: failures.slice(0, MOST_FAILURES) };
}

async function playRound(scenario: Scenario, form: Form, seed: number): Promise<RoundReport> {
  const folder = mkdtempSync(join(tmpdir(), `chaos-${scenario.name}-`));
  const tidies: (() => Promise<void>)[] = [];
  const round: Round = {
    seed,
    random: new SeededRandom(seed),
    form,
    folder,
    onEnd: (tidy) => void tidies.push(tidy),
  };
  const hangs = Promise.withResolvers<RoundReport>();
  const limit = setTimeout(() => hangs.resolve({ counts: {}, complaints: ['it hangs'] }), scenario.roundMs ?? ROUND_MS);
  try {
    return await Promise.race([scenario.run(round), hangs.promise]);
  } catch (error) {
    return { counts: {}, complaints: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    clearTimeout(limit);
    for (const tidy of tidies.toReversed()) await tidy();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
