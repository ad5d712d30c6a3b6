import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figureNames, hallFigures } from '../../src/domain/statistics/hall-figures.ts';
import { periodKinds, periodOf } from '../../src/domain/statistics/period.ts';
import { defaultFormula } from '../../src/domain/statistics/satisfaction.ts';
import { written } from '../../src/domain/statistics/share.ts';
import { countInSql } from '../fixtures/figures-in-sql.ts';
import { hallOfAThousandCases } from '../fixtures/hall-cases.ts';

const golden = join(import.meta.dirname, '../fixtures/hall-figures.golden.txt');
const facts = hallOfAThousandCases();
const periods = periodKinds.map((kind) => ({ kind, period: periodOf(kind, '2026-09-16') }));

/** Every figure of each period on a line of its own: exact, in percent, and against its target. */
function report(): string {
  const blocks = periods.map(({ kind, period }) => {
    const figures = hallFigures(facts, period, defaultFormula);
    const lines = figureNames.map((name) => {
      const { part, whole, unit, reached } = figures[name];
      const verdict = reached === undefined ? '' : reached ? 'reached' : 'missed';
      return `${name.padEnd(20)}${`${part}/${whole}`.padStart(12)}${written({ part, whole }, unit).padStart(12)}  ${verdict}`.trimEnd();
    });
    return [`${kind} ${period.from} ${period.to}`, ...lines, ''].join('\n');
  });
  return blocks.join('\n');
}

test('[H-14] day, week, month and quarter of a thousand cases are, to the number, what the golden file says', async () => {
  expect(facts.cases).toHaveLength(1_000);
  await expect(report()).toMatchFileSnapshot(golden);
});

describe('the golden file agrees with the same definitions in SQL', () => {
  const count = countInSql(facts);

  test.each(periods)('for the $kind', ({ kind, period }) => {
    const block =
      readFileSync(golden, 'utf8')
        .split('\n\n')
        .find((one) => one.startsWith(`${kind} ${period.from} ${period.to}\n`)) ?? '';
    for (const name of figureNames) {
      const line = block.split('\n').find((one) => one.startsWith(`${name} `));
      expect(line?.split(/\s+/)[1], `${name}, ${kind}`).toBe(count(name, period));
    }
  });
});
