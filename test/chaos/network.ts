import { join } from 'node:path';
import fc from 'fast-check';
import type { SeededRandom } from '../../src/devices/faults/random.ts';
import { FaultyProxy } from './faulty-proxy.ts';
import { hallCommands } from './network/commands.ts';
import { FaultyHall } from './network/faulty-hall.ts';
import type { Round, RoundReport, Scenario } from './scenario.ts';
import { PlatformProcess } from './hall/platform.ts';

const COMMANDS: Readonly<Record<Round['form'], number>> = { short: 14, long: 40 };

const FIRST_FAULTS = 3;

export const network: Scenario = {
  name: 'network',
  shows: {
    short: 'after any schedule of network faults, crashes and visits the platform has exactly what citizens were told',
    long: 'after any of a hundred schedules of network faults, crashes and visits the platform has exactly what citizens were told',
  },
  rounds: { short: 2, long: 100 },
  run: play,
  judge: ({ cases = 0, faults = 0 }) => [
    ...(cases > 0 ? [] : ['no case at all came']),
    ...(faults > 0 ? [] : ['no exchange had a fault']),
  ],
};

/** One schedule. It is not made smaller when it fails: a kill does not come at the same moment again. */
async function play(round: Round): Promise<RoundReport> {
  const { random, form, seed } = round;
  const size = COMMANDS[form];
  const schedules = fc.commands(hallCommands(), { size: 'max', maxCommands: size });
  let counts: Readonly<Record<string, number>> = {};
  const complaints: string[] = [];
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const real = await openHall(round, random);
    // However short the schedule is, it has faults, and somebody who meets them.
    real.trouble(FIRST_FAULTS);
    real.model.told.push(await real.handIn());
    await real.leave();
    await fc.asyncModelRun(() => ({ model: real.model, real }), schedule);
    complaints.push(...(await real.settle()));
    counts = { ...real.counts };
    if (complaints.length > 0) complaints.push(`schedule: ${[...schedule].map(String).join(', ')}`);
  });
  const outcome = await fc.check(property, { seed: seed | 0, numRuns: 1, endOnFailure: true });
  if (outcome.failed) complaints.push(`${String(outcome.errorInstance)}: ${fc.defaultReportMessage(outcome)}`);
  return { counts, complaints };
}

async function openHall(round: Round, random: SeededRandom): Promise<FaultyHall> {
  const platform = await new PlatformProcess(join(round.folder, 'platform')).start();
  round.onEnd(() => platform.kill());
  const proxy = await FaultyProxy.open(platform.port);
  round.onEnd(() => proxy.close());
  const hall = new FaultyHall(round.folder, platform, proxy, random);
  round.onEnd(() => hall.close());
  await hall.startKiosk();
  return hall;
}
