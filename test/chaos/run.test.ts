import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { play } from './run.ts';
import type { Round, Scenario } from './scenario.ts';

const made: { readonly folder: string; readonly seed: number; readonly drawn: number }[] = [];
const ended: string[] = [];

function scenario(run: (round: Round) => readonly string[], judge?: Scenario['judge']): Scenario {
  made.length = 0;
  ended.length = 0;
  return {
    name: 'trial',
    shows: { short: 'a trial', long: 'a trial' },
    rounds: { short: 3, long: 9 },
    async run(round) {
      made.push({ folder: round.folder, seed: round.seed, drawn: round.random.below(1_000_000) });
      round.onEnd(async () => void ended.push('first'));
      round.onEnd(async () => void ended.push('last'));
      return { counts: { things: 2 }, complaints: run(round) };
    },
    ...(judge && { judge }),
  };
}

it('plays each round with the next seed, adds up, and leaves nothing behind', async () => {
  const verdict = await play(
    scenario(() => []),
    'short',
    41,
  );
  expect(verdict).toMatchObject({ rounds: 3, counts: { things: 6 }, failures: [] });
  expect(made.map(({ seed }) => seed)).toEqual([41, 42, 43]);
  expect(made.filter(({ folder }) => existsSync(folder))).toEqual([]);
  expect(ended.slice(0, 2)).toEqual(['last', 'first']);
});

it('a failed round is named by its seed, and that seed plays the same round again', async () => {
  const failing = scenario(({ seed }) => (seed === 42 ? ['lost'] : []));
  expect((await play(failing, 'short', 41)).failures).toEqual([{ seed: 42, complaint: 'lost' }]);
  const second = made[1]?.drawn;
  expect((await play(failing, 'short', 42, 1)).failures).toEqual([{ seed: 42, complaint: 'lost' }]);
  expect(made.at(-1)?.drawn).toBe(second);
});

it('a round that throws has failed and is tidied up, and all rounds together are judged', async () => {
  const throwing = scenario(() => {
    throw new Error('it broke');
  });
  expect((await play(throwing, 'short', 7, 1)).failures[0]?.complaint).toContain('it broke');
  expect(ended).toEqual(['last', 'first']);
  const judged = scenario(
    () => [],
    ({ things = 0 }) => (things === 6 ? ['too few'] : []),
  );
  expect((await play(judged, 'short', 7)).failures).toEqual([{ seed: 7, complaint: 'too few' }]);
  expect((await play(judged, 'short', 7, 1)).failures).toEqual([]);
});
