import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figureNames, hallFigures } from '../../src/domain/statistics/hall-figures.ts';
import { isWithin, periodKinds, periodOf } from '../../src/domain/statistics/period.ts';
import { defaultFormula } from '../../src/domain/statistics/satisfaction.ts';
import { countInSql } from '../fixtures/figures-in-sql.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';
import { catalogueOf, factsOf, halls, recordHall, terminalHall } from '../fixtures/recorded-hall.ts';

const day = '2026-09-16';
const facts = terminalHall();

describe.each(platformEngines)('figures of a thousand recorded cases on $name', ({ missing, start }) => {
  let stored: StoredPlatform | undefined;
  const office = () => {
    if (!stored) throw new Error('no platform');
    return officeClient(stored.platform.url).statistics;
  };

  beforeAll(async () => {
    if (missing) return;
    stored = await start();
    await stored.platform.publishCatalogue('2026-1', catalogueOf(facts.items, 'before'));
    await stored.platform.publishCatalogue('2026-2', catalogueOf(facts.items, 'now'));
    await stored.database.transaction((sql) => recordHall(sql, facts));
  });
  afterAll(() => stored?.close());

  test.skipIf(missing).each(periodKinds)(
    'of the %s, of each hall and of all, are those of the formulas',
    async (kind) => {
      const period = periodOf(kind, day);
      for (const hall of [undefined, ...halls]) {
        const own = hall === undefined ? facts : factsOf(hall, facts);
        const count = countInSql(own);
        const golden = hallFigures(own, period, defaultFormula);
        const answer = await office().figures({ kind, day, ...(hall !== undefined && { hall }) });
        expect(answer.period).toEqual(period);
        for (const name of figureNames) {
          const { part, whole, written: _written, ...rest } = answer.figures[name];
          expect([hall, name, `${part}/${whole}`]).toEqual([hall, name, count(name, period)]);
          expect([name, { part, whole, ...rest }]).toEqual([name, golden[name]]);
        }
      }
    },
  );

  test.skipIf(missing)('of each item are counts of its own cases', async () => {
    const { period, items } = await office().items({ kind: 'month', day });
    expect(items.map(({ code }) => code)).toEqual(facts.items.map(({ code }) => code).toSorted());
    for (const item of items) {
      const cases = facts.cases.filter(({ itemCode }) => itemCode === item.code);
      const closed = cases.filter(({ closedOn }) => isWithin(closedOn, period));
      const rated = closed.filter(({ id }) => facts.ratings.some(({ caseId, on }) => caseId === id && on <= period.to));
      const inTime = closed.filter(({ closedOn = '', dueOn }) => closedOn <= dueOn);
      expect(item).toMatchObject({
        handedIn: cases.filter(({ handedInOn }) => isWithin(handedInOn, period)).length,
        closed: closed.length,
        onTime: { part: inTime.length, whole: closed.length },
        activelyRated: { part: rated.length, whole: closed.length },
        ratingsPerGuide: {
          part: facts.guideRatings.filter(({ itemCode, on }) => itemCode === item.code && on <= period.to).length,
          whole: 1,
        },
      });
    }
    const all = await office().figures({ kind: 'month', day });
    const sum = (of: (item: (typeof items)[number]) => number) => items.reduce((total, item) => total + of(item), 0);
    expect(sum(({ satisfied }) => satisfied.part)).toBe(all.figures.satisfied.part);
    expect(sum(({ satisfied }) => satisfied.whole)).toBe(all.figures.satisfied.whole);
    expect(sum(({ ratingsPerGuide }) => ratingsPerGuide.part)).toBe(all.figures.ratingsPerGuide.part);
    expect(all.figures.ratingsPerGuide.part).toBeGreaterThan(0);
    expect(sum(({ complaints }) => complaints)).toBe(facts.complaints.filter(({ on }) => isWithin(on, period)).length);
  });

  test.skipIf(missing)('of a day add up', async () => {
    const of = (hall: string | undefined, then: string) =>
      office().day({ day: then, ...(hall !== undefined && { hall }) });
    for (const then of ['2026-06-20', day, '2026-10-30']) {
      for (const hall of [undefined, ...halls]) {
        const { cases, ratings, complaints } = hall === undefined ? facts : factsOf(hall, facts);
        const open = cases.filter(
          ({ handedInOn, closedOn }) => handedInOn <= then && (closedOn === undefined || closedOn > then),
        );
        const given = ratings.filter(({ on, excluded }) => on === then && !excluded);
        const bad = ratings.filter(({ level }) => level.endsWith('dissatisfied'));
        const report = await of(hall, then);
        expect(report).toMatchObject({
          day: then,
          cases: {
            handedIn: cases.filter(({ handedInOn }) => handedInOn === then).length,
            closed: cases.filter(({ closedOn }) => closedOn === then).length,
            open: open.length,
            overdue: open.filter(({ dueOn }) => dueOn < then).length,
          },
          badReviews: {
            opened: bad.filter(({ on }) => on === then).length,
            open: bad.filter(({ on }) => on <= then).length,
          },
          enquiries: { complaints: complaints.filter(({ on }) => on === then).length },
          tickets: 0,
        });
        expect(Object.values(report.ratings).reduce((sum, count) => sum + count, 0)).toBe(given.length);
      }
    }
    // Those whose appeal was upheld wait for nothing any more.
    const { badReviews } = await of(undefined, '2026-12-31');
    expect(badReviews.overdue).toBe(badReviews.open - facts.ratings.filter(({ excluded }) => excluded).length);
  });
});

afterAll(closeEngines);
