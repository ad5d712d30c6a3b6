import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { benchKey } from '../../fixtures/core-bench.ts';
import { childEnvironment, Kiosk } from '../hall/kiosk.ts';
import { examineStore } from '../hall/ledger.ts';
import { handIn, leave, somePapers } from '../hall/visit.ts';
import type { Round, RoundReport } from '../scenario.ts';
import { countHits, type Place } from './hits.ts';
import { type CallCounts, describePoint, type KillPoint, somePoint, tracerFor } from './kill-point.ts';

const tool = resolve(import.meta.dirname, '../../../scripts/backup.ts');
const environment = { ...childEnvironment, KIOSK_BACKUP_PASSPHRASE: 'blue tortoise over nine bridges' };
const nobody = 'http://127.0.0.1:9';

/** What the tool does with a few cases. */
const calls: Readonly<Record<Command, CallCounts>> = {
  to: { pwrite64: 50, fsync: 24, rename: 8, write: 12, unlink: 2 },
  restore: { pwrite64: 24, fsync: 30, rename: 9, write: 12, unlink: 4 },
};
const LONGEST_RUN_MS = 500;
const KILLS_IN_A_ROUND = 5;
const MOST_CASES = 4;

type Command = 'to' | 'restore';
interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly queue: string | undefined;
  readonly said: string;
}

/** The backup tool is killed in the middle of a backup or a restore; what it leaves is whole or is none. */
export async function killBackup(round: Round): Promise<RoundReport> {
  const { random, folder } = round;
  const dataDir = join(folder, 'data');
  const cases = await fillKiosk(round, 1 + random.below(MOST_CASES));
  writeFileSync(join(dataDir, 'device.key'), benchKey, { mode: 0o600 });
  const good = join(folder, 'backup');
  const { queue } = await run('to', good, dataDir);
  const hits: Place[] = [];
  const complaints: string[] = queue === undefined ? ['the first backup failed'] : [];
  for (let n = 0; n < KILLS_IN_A_ROUND; n += 1) {
    const command = random.of<Command>(['to', 'restore']);
    const point = somePoint(random, calls[command], LONGEST_RUN_MS);
    const trial = join(folder, `trial-${n}`);
    const wrong = command === 'to' ? await cutBackup() : await cutRestore();
    complaints.push(...wrong.map((complaint) => `${complaint} (${command}, killed ${describePoint(point)})`));
    rmSync(trial, { recursive: true, force: true });

    async function cutBackup(): Promise<string[]> {
      const cut = await run('to', trial, dataDir, point);
      if (cut.signal === 'SIGKILL') hits.push('backup');
      const whole = existsSync(join(trial, 'manifest.json'));
      const restored = await run('restore', trial, `${trial}-data`);
      if (whole) return restored.queue === queue ? [] : [`a whole backup is not restored: ${restored.said}`];
      if (cut.signal !== 'SIGKILL') return [`the backup failed: ${cut.said}`];
      return restored.said.includes('not-a-backup') ? [] : [`half a backup is taken for one: ${restored.said}`];
    }
    async function cutRestore(): Promise<string[]> {
      const cut = await run('restore', good, trial, point);
      if (cut.signal === 'SIGKILL') hits.push('restore');
      const whole = existsSync(trial) && readdirSync(trial).length > 0;
      const again = await run('restore', good, trial);
      if (whole) return again.said.includes('not-clean') ? examineStore(trial, '.') : [`half a restore: ${again.said}`];
      return again.queue === queue ? examineStore(trial, '.') : [`not restored after a cut: ${again.said}`];
    }
  }
  complaints.push(...examineStore(folder));
  const after = await run('to', join(folder, 'last'), dataDir);
  if (after.queue !== queue) complaints.push('the queue is another one after the backups');
  return { counts: { kills: KILLS_IN_A_ROUND, cases, ...countHits(hits) }, complaints };
}

/** A kiosk that could not send anything, and is not running any more. */
async function fillKiosk(round: Round, cases: number): Promise<number> {
  const kiosk = await Kiosk.start({ folder: round.folder, platformUrl: nobody });
  round.onEnd(() => kiosk.kill());
  await kiosk.settled();
  for (let n = 0; n < cases; n += 1) {
    await handIn(kiosk, somePapers(round.random));
    await leave(kiosk);
  }
  await kiosk.stop();
  return cases;
}

async function run(command: Command, backup: string, dataDir: string, point?: KillPoint): Promise<Ended> {
  const [program, ...args] = point ? [...tracerFor(point), process.execPath] : [process.execPath];
  const child = spawn(program ?? process.execPath, [...args, tool, command, backup, dataDir], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killer = point?.at === 'time' ? setTimeout(() => child.kill('SIGKILL'), point.milliseconds) : undefined;
  const [output, said, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  clearTimeout(killer);
  return { code, signal, queue: /queue ([0-9a-f]{64})/.exec(output)?.[1], said: said.trim() };
}
