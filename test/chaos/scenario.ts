import type { SeededRandom } from '../../src/devices/faults/random.ts';

/** `short`: a part of `npm test`, seconds long. `long`: `npm run test:chaos`. */
export type Form = 'short' | 'long';

/** What one round of a scenario gets. Everything that is left to chance comes from `random`, so that a seed tells it all. */
export interface Round {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly form: Form;
  /** A folder of its own, removed after it. */
  readonly folder: string;
  /** To be done when the round is over, the last one first, also when it was given up on. */
  onEnd(tidy: () => Promise<void>): void;
}

/** What a round says of itself: counts to add up over all rounds, and what was wrong. */
export interface RoundReport {
  readonly counts: Readonly<Record<string, number>>;
  /** Nothing of a person may be in it. */
  readonly complaints: readonly string[];
}

export interface Scenario {
  readonly name: string;
  /** What it shows, as the title of its report; with the row of docs/features.md whose check the long form is. */
  readonly shows: Readonly<Record<Form, string>>;
  /** How many rounds, each with a seed of its own; no round at all in a form in which it is left out. */
  readonly rounds: Readonly<Record<Form, number>>;
  /** A round of it that takes longer hangs; without it, the usual limit holds. */
  readonly roundMs?: number;
  /** Why it cannot run on this machine. */
  readonly cannotRun?: string | undefined;
  run(round: Round): Promise<RoundReport>;
  /** What is wrong with the counts of all rounds together. */
  judge?(counts: Readonly<Record<string, number>>): readonly string[];
}
