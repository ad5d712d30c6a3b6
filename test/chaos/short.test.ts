import { describe, expect, it } from 'vitest';
import { play } from './run.ts';
import { scenarios } from './scenarios.ts';

/** Each run plays other rounds; a failure names the seed of its round. */
const seed = Math.floor(Math.random() * 2 ** 32);

describe(`chaos, seed ${seed}`, () => {
  for (const scenario of scenarios.filter(({ rounds }) => rounds.short > 0)) {
    const { name, cannotRun } = scenario;
    const why = cannotRun === undefined ? '' : ` (${cannotRun})`;
    it.skipIf(cannotRun !== undefined)(`${scenario.shows.short}${why}`, { timeout: 240_000 }, async () => {
      const { failures } = await play(scenario, 'short', seed);
      const again = failures.map(
        ({ seed: at, complaint }) =>
          `npm run test:chaos -- --short --only ${name} --seed ${at} --rounds 1: ${complaint}`,
      );
      expect(again).toEqual([]);
    });
  }
});
