import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { ratingLevels } from '../rating-levels.ts';
import type { RatingLevel } from '../rating.ts';
import { type GivenGuideRating, type GuidePress, rateGuide } from './guide-rating.ts';

const press: GuidePress = { itemCode: 'ITEM', itemVersion: 3, level: 'dissatisfied', on: '2026-11-22' };

describe('rating a guide', () => {
  test('takes any of the five levels as it was pressed, a bad one without a reason too', () => {
    for (const level of ratingLevels)
      expect(rateGuide(new Set(), { ...press, level })).toStrictEqual({ ok: true, value: { ...press, level } });
  });

  test('has no default: the level cannot be left out, and what nobody pressed is no rating', () => {
    expectTypeOf<GuidePress['level']>().toEqualTypeOf<RatingLevel>();
    expectTypeOf<Omit<GuidePress, 'level'>>().not.toExtend<Parameters<typeof rateGuide>[1]>();
    expectTypeOf<GuidePress>().not.toExtend<GivenGuideRating>();
  });

  test('has nothing in it that says who rated', () => {
    const rated = rateGuide(new Set(), press);
    if (!rated.ok) throw new Error(rated.reason);
    expect(Object.keys(rated.value).toSorted()).toStrictEqual(['itemCode', 'itemVersion', 'level', 'on']);
  });

  test('is done once for each guide of a visit, whatever is pressed in whatever order', () => {
    const presses = fc.array(
      fc.record({ itemCode: fc.constantFrom('A', 'B', 'C'), level: fc.constantFrom(...ratingLevels) }),
    );
    fc.assert(
      fc.property(presses, (all) => {
        const [rated, kept] = [new Set<string>(), new Map<string, RatingLevel>()];
        for (const one of all) {
          const result = rateGuide(rated, { ...press, ...one });
          expect(result.ok).toBe(!kept.has(one.itemCode));
          if (!result.ok) expect(result.reason).toBe('already-rated');
          else kept.set(one.itemCode, result.value.level);
          rated.add(one.itemCode);
        }
        const firsts = all.toReversed().map(({ itemCode, level }): [string, RatingLevel] => [itemCode, level]);
        expect(Object.fromEntries(kept)).toStrictEqual(Object.fromEntries(firsts));
      }),
    );
  });
});
