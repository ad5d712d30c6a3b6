import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratingLevels } from '../rating-levels.ts';
import type { CaseFacts, HallFacts, ItemFacts, RatingFacts } from './facts.ts';
import { figureNames, hallFigures } from './hall-figures.ts';
import { defaultFormula, satisfaction, type SatisfactionFormula } from './satisfaction.ts';

const item: ItemFacts = {
  code: 'item',
  kind: 'promised',
  depth: 3,
  online: true,
  fullyOnline: true,
  terminal: true,
  socialAffairs: true,
  visits: 1,
  legalLimit: 20,
  promisedLimit: 5,
  materials: 1,
  materialsBefore: 4,
};
const onTheSpot: ItemFacts = { ...item, code: 'spot', kind: 'on-the-spot', depth: 0, legalLimit: 0, promisedLimit: 0 };
const one: CaseFacts = {
  id: 'one',
  itemCode: 'item',
  online: true,
  visits: 1,
  handedInOn: '2026-11-02',
  closedOn: '2026-11-09',
  dueOn: '2026-11-09',
  materialsHandedOver: 1,
};
const november = { from: '2026-11-01', to: '2026-11-30' };
const none: HallFacts = { items: [], cases: [], ratings: [], guideRatings: [], complaints: [] };
const rating: RatingFacts = { caseId: 'one', number: 1, level: 'satisfied', on: '2026-11-09', excluded: false };
const figures = (facts: Partial<HallFacts>) => hallFigures({ ...none, ...facts }, november, defaultFormula);

describe('a figure', () => {
  test('of an empty hall has no value and misses no target', () => {
    for (const figure of Object.values(figures({}))) {
      expect(figure.whole).toBe(0);
      expect(figure).not.toHaveProperty('reached');
    }
    expect(Object.keys(figures({}))).toStrictEqual([...figureNames]);
  });

  test('is held against its target where there is one', () => {
    expect(figures({ items: [item] }).limitCut).toMatchObject({ part: 15, whole: 20, unit: 'percent', reached: true });
    expect(figures({ items: [item] }).onTheSpot).toStrictEqual({ part: 0, whole: 1, unit: 'percent' });
    expect(figures({ items: [item] }).ratingsPerGuide).toMatchObject({ unit: 'each', reached: false });
  });

  test('of limits leaves out items without a legal one; materials that grew are a negative cut', () => {
    expect(figures({ items: [item, onTheSpot] }).limitCut).toMatchObject({ part: 15, whole: 20 });
    expect(figures({ items: [{ ...item, materials: 6 }] }).materialsCut).toMatchObject({ part: -2, whole: 4 });
    expect(figures({ items: [item, onTheSpot] }).depth1).toMatchObject({ part: 1, whole: 2 });
  });

  test('of time counts the last day as in time and the day after as late', () => {
    const late = { ...one, id: 'late', closedOn: '2026-11-10' };
    expect(figures({ cases: [one, late] }).onTime).toMatchObject({ part: 1, whole: 2 });
  });

  test('of online cases is over all that were open in the period, and finished in it', () => {
    const { closedOn: _, ...open } = one;
    const cases = [
      one,
      { ...one, id: 'window', online: false },
      { ...open, id: 'open' },
      { ...one, id: 'later', closedOn: '2026-12-01' },
      { ...one, id: 'before', handedInOn: '2026-10-01', closedOn: '2026-10-31' },
      { ...one, id: 'after', handedInOn: '2026-12-01', closedOn: '2026-12-02' },
    ];
    expect(figures({ cases }).finishedOnline).toMatchObject({ part: 1, whole: 4 });
    expect(figures({ cases }).twoVisitsAtMost).toMatchObject({ part: 1, whole: 1 });
  });

  test('of spared papers leaves out cases of items that are not known any more', () => {
    const cases = [one, { ...one, id: 'gone', itemCode: 'gone' }];
    expect(figures({ items: [item], cases }).materialsSpared).toMatchObject({ part: 3, whole: 4 });
  });

  test('of rated guides counts what was rated until the end of the period, over all guides', () => {
    const guideRatings = ['2026-10-01', '2026-11-30', '2026-12-01'].map((on) => ({ itemCode: 'item', on }));
    expect(figures({ items: [item, onTheSpot], guideRatings }).ratingsPerGuide).toMatchObject({ part: 2, whole: 2 });
  });

  test('of rated cases counts a case once, until the end of the period', () => {
    const twice: RatingFacts = { ...rating, number: 2, on: '2026-11-20' };
    const rated = (ratings: RatingFacts[]) => figures({ cases: [one], ratings }).activelyRated;
    expect(rated([rating, twice])).toMatchObject({ part: 1, whole: 1, reached: true });
    expect(rated([{ ...rating, on: '2026-12-01' }])).toMatchObject({ part: 0, whole: 1, reached: false });
    expect(rated([{ ...rating, caseId: 'another' }])).toMatchObject({ part: 0, whole: 1 });
  });
});

describe('satisfaction', () => {
  const second: RatingFacts = { ...rating, number: 2, level: 'dissatisfied', on: '2026-11-20' };
  const of = (facts: Partial<HallFacts>, formula = defaultFormula) =>
    satisfaction({ ...none, ...facts }, november, formula);

  test('counts the three good levels, and a complaint as somebody who was not satisfied', () => {
    const ratings = ratingLevels.map((level, index) => ({ ...rating, level, caseId: `case ${index}` }));
    expect(of({ ratings })).toStrictEqual({ part: 3, whole: 5 });
    expect(of({ ratings, complaints: [{ on: '2026-11-30' }, { on: '2026-12-01' }] })).toStrictEqual({
      part: 3,
      whole: 6,
    });
  });

  test('takes the second rating of a case for the first, in any order, and none that an appeal took out', () => {
    expect(of({ ratings: [rating, second] })).toStrictEqual({ part: 0, whole: 1 });
    expect(of({ ratings: [second, rating] })).toStrictEqual({ part: 0, whole: 1 });
    expect(of({ ratings: [rating, { ...second, on: '2026-12-01' }] })).toStrictEqual({ part: 1, whole: 1 });
    expect(of({ ratings: [rating, { ...second, excluded: true }] })).toStrictEqual({ part: 1, whole: 1 });
  });

  test('can be set: points of 10, 8, 6, 3 and 0, and no complaints, as 潮州 counts', () => {
    const points = {
      'very-satisfied': 10,
      satisfied: 8,
      'fairly-satisfied': 6,
      dissatisfied: 3,
      'very-dissatisfied': 0,
    };
    const chaozhou: SatisfactionFormula = { points, most: 10, complaintWeight: 0 };
    const facts = { ratings: [rating, { ...second, caseId: 'two' }], complaints: [{ on: '2026-11-30' }] };
    expect(of(facts, chaozhou)).toStrictEqual({ part: 11, whole: 20 });
  });
});

test('shares stay between nothing and all, whatever happened in whatever order', () => {
  const day = fc.integer({ min: 10, max: 30 }).map((number) => `2026-11-${number}`);
  const cases = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      itemCode: fc.constantFrom('item', 'gone'),
      online: fc.boolean(),
      visits: fc.nat(5),
      handedInOn: day,
      closedOn: day,
      dueOn: day,
      materialsHandedOver: fc.nat(4),
    }),
  );
  const ratings = fc.array(
    fc.record({
      caseId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      number: fc.constantFrom(1 as const, 2 as const),
      level: fc.constantFrom(...ratingLevels),
      on: day,
      excluded: fc.boolean(),
    }),
  );
  const complaints = fc.array(day.map((on) => ({ on })));
  const hall = fc.record({ items: fc.constant([item]), cases, ratings, complaints, guideRatings: fc.constant([]) });
  fc.assert(
    fc.property(hall, day, (facts, from) => {
      const period = { from, to: '2026-11-25' };
      const all = hallFigures(facts, period, defaultFormula);
      for (const figure of Object.values(all)) {
        if (figure.unit === 'each') continue;
        expect(figure.part).toBeGreaterThanOrEqual(0);
        expect(figure.part).toBeLessThanOrEqual(figure.whole);
      }
      const turned = { ...facts, cases: facts.cases.toReversed(), complaints: facts.complaints.toReversed() };
      expect(hallFigures(turned, period, defaultFormula)).toStrictEqual(all);
    }),
  );
});
