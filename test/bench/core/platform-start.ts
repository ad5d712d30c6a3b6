import { join } from 'node:path';
import { type BenchContext, type Measure, type Measured, median } from '../measure.ts';
import { startPlatform } from './children.ts';

const ROUNDS = 9;
const TARGET_SECONDS = 2;

/** How long whoever starts the platform by hand waits for it. */
export const platformStart: Measure = {
  name: 'platform-start',
  explanation:
    'Seconds from starting the platform as a process of its own, on a store that is not there yet, until it listens and says so; median.',
  run,
};

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    const server = await startPlatform(join(folder, `start-${round}`));
    seconds.push((performance.now() - before) / 1_000);
    await server.stop();
  }
  const value = median(seconds);
  say(`the platform listens after ${value.toFixed(2)} s`);
  return { rows: [{ name: 'platform-start', value, unit: 's', target: TARGET_SECONDS }], raw: seconds };
}
