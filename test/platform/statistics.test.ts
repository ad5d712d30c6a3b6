import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import { figureNames, hallFigures, type FigureName } from '../../src/domain/statistics/hall-figures.ts';
import { periodKinds, periodOf } from '../../src/domain/statistics/period.ts';
import { defaultFormula } from '../../src/domain/statistics/satisfaction.ts';
import { written } from '../../src/domain/statistics/share.ts';
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

/** The same definitions said in SQL, by nothing of the code that wrote the golden file. `:f` and `:t` are the period. */
const definitions: Readonly<Record<FigureName, string>> = {
  depth1: 'SELECT sum(depth >= 1) part, count(*) whole FROM item',
  depth2: 'SELECT sum(depth >= 2) part, count(*) whole FROM item',
  depth3: 'SELECT sum(depth = 3) part, count(*) whole FROM item',
  handledOnline: 'SELECT sum(depth > 0) part, count(*) whole FROM item',
  availableOnline: 'SELECT sum(online) part, count(*) whole FROM item',
  socialAffairsOnline: 'SELECT sum(depth > 0) part, count(*) whole FROM item WHERE social',
  atTerminals: 'SELECT sum(terminal) part, count(*) whole FROM item',
  fullyOnline: 'SELECT sum(fully) part, count(*) whole FROM item',
  oneVisit: 'SELECT sum(visits < 2) part, count(*) whole FROM item',
  onTheSpot: `SELECT sum(kind = 'on-the-spot') part, count(*) whole FROM item`,
  limitCut: 'SELECT sum(legal) - sum(promised) part, sum(legal) whole FROM item WHERE legal <> 0',
  materialsCut: 'SELECT sum(papers_before) - sum(papers) part, sum(papers_before) whole FROM item',
  activelyRated: `SELECT count(DISTINCT r.of) part, count(DISTINCT c.id) whole FROM a_case c
    LEFT JOIN rating r ON r.of = c.id AND r.day <= :t WHERE c.closed BETWEEN :f AND :t`,
  ratingsPerGuide: 'SELECT (SELECT count(*) FROM guide_rating WHERE day <= :t) part, count(*) whole FROM item',
  finishedOnline: `SELECT count(*) FILTER (WHERE online AND closed BETWEEN :f AND :t) part, count(*) whole FROM a_case
    WHERE NOT (begun > :t OR coalesce(closed, '9999') < :f)`,
  onTime: 'SELECT sum(closed <= due) part, count(*) whole FROM a_case WHERE closed BETWEEN :f AND :t',
  twoVisitsAtMost: 'SELECT sum(visits < 3) part, count(*) whole FROM a_case WHERE online AND closed BETWEEN :f AND :t',
  visitsPerCase: 'SELECT sum(visits) part, count(*) whole FROM a_case WHERE closed BETWEEN :f AND :t',
  materialsSpared: `SELECT sum(papers_before - handed_over) part, sum(papers_before) whole FROM a_case
    JOIN item ON item.code = a_case.item WHERE closed BETWEEN :f AND :t`,
  satisfied: `WITH heard AS (SELECT level FROM rating r WHERE NOT excluded AND day BETWEEN :f AND :t AND NOT EXISTS
      (SELECT 1 FROM rating l WHERE l.of = r.of AND l.no > r.no AND NOT l.excluded AND l.day BETWEEN :f AND :t))
    SELECT (SELECT count(*) FROM heard WHERE level NOT LIKE '%dissatisfied') part,
      (SELECT count(*) FROM heard) + (SELECT count(*) FROM complaint WHERE day BETWEEN :f AND :t) whole`,
};

describe('the golden file agrees with the same definitions in SQL', () => {
  const sql = new DatabaseSync(':memory:');

  beforeAll(() => {
    sql.exec(`CREATE TABLE item (code, kind, depth, online, fully, terminal, social, visits, legal, promised, papers, papers_before);
      CREATE TABLE a_case (id, item, online, visits, begun, closed, due, handed_over);
      CREATE TABLE rating (of, no, level, day, excluded);
      CREATE TABLE guide_rating (day);
      CREATE TABLE complaint (day);`);
    const put = (table: string, values: (string | number | boolean | null)[]) =>
      sql
        .prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`)
        .run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
    for (const one of facts.items) {
      const { code, kind, depth, online, fullyOnline, terminal, socialAffairs, visits, legalLimit } = one;
      const before = [code, kind, depth, online, fullyOnline, terminal, socialAffairs, visits, legalLimit];
      put('item', [...before, one.promisedLimit, one.materials, one.materialsBefore]);
    }
    for (const { id, itemCode, online, visits, handedInOn, closedOn, dueOn, materialsHandedOver } of facts.cases) {
      put('a_case', [id, itemCode, online, visits, handedInOn, closedOn ?? null, dueOn, materialsHandedOver]);
    }
    for (const { caseId, number, level, on, excluded } of facts.ratings) {
      put('rating', [caseId, number, level, on, excluded]);
    }
    for (const { on } of facts.guideRatings) put('guide_rating', [on]);
    for (const { on } of facts.complaints) put('complaint', [on]);
  });

  test.each(periods)('for the $kind', ({ kind, period: { from, to } }) => {
    const block =
      readFileSync(golden, 'utf8')
        .split('\n\n')
        .find((one) => one.startsWith(`${kind} ${from} ${to}\n`)) ?? '';
    for (const name of figureNames) {
      const statement = sql.prepare(definitions[name]);
      statement.setAllowUnknownNamedParameters(true);
      const { part, whole } = statement.get({ ':f': from, ':t': to }) ?? {};
      const line = block.split('\n').find((one) => one.startsWith(`${name} `));
      expect(line?.split(/\s+/)[1], `${name}, ${kind}`).toBe(`${Number(part)}/${Number(whole)}`);
    }
  });
});
