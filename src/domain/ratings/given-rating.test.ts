import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import published from '../../../resources/ratings/tags.json' with { type: 'json' };
import { badLevels, ratingLevels } from '../rating-levels.ts';
import { giveRating, keepRating, longestRatingText, type GivenRating, type RatingPress } from './given-rating.ts';
import { readTagList, replaceTagList, tagsFor, type RatingTagList } from './tags.ts';

function must<T>(result: { ok: true; value: T } | { ok: false; reason: string }): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const list = must(readTagList(published));
const press: RatingPress = {
  matter: 'YS-HALL01-261122-0007-P',
  number: 1,
  level: 'very-satisfied',
  source: 'page',
  tags: [],
  text: '',
  at: '2026-11-22T09:30:15+08:00',
};

describe('tags', () => {
  test('every level has tags on site and online, and none is offered for two levels', () => {
    const codes = ratingLevels.flatMap((level) => [
      ...tagsFor(list, level, 'on-site').map(({ code }) => code),
      ...tagsFor(list, level, 'online').map(({ code }) => code),
    ]);
    expect(codes.length).toBe(60);
    expect(new Set(codes).size).toBe(60);
    expect(tagsFor(list, 'very-dissatisfied', 'on-site').map(({ code }) => code)).toStrictEqual(
      ['108', '109', '110', '111', '112', '113', '114', '115'], // as published
    );
  });

  const [first, ...others] = published.tags;
  test.each([
    ['malformed', { ...published, version: 0 }],
    ['malformed', { ...published, addedHere: true }],
    ['code-twice', { ...published, tags: [...published.tags, first] }],
    ['code-of-another-level', { ...published, tags: [{ ...first, code: '499' }, ...others] }],
    ['code-of-another-level', { ...published, tags: [{ ...first, code: '910' }, ...others] }],
    ['bad-level-without-tags', { ...published, tags: published.tags.filter(({ code }) => !code.startsWith('29')) }],
  ])('a list that is %s is refused', (reason, data) => {
    expect(readTagList(data)).toMatchObject({ ok: false, reason });
  });

  test('only a newer list takes the place of the one in use; a changed one with its version does not', () => {
    const newer = { ...list, version: 2 };
    const changed = { ...list, tags: list.tags.slice(1) };
    expect(replaceTagList(list, newer)).toStrictEqual({ ok: true, value: newer });
    expect(replaceTagList(list, structuredClone(list))).toStrictEqual({ ok: true, value: list });
    expect(replaceTagList(list, changed)).toStrictEqual({ ok: false, reason: 'not-newer' });
    expect(replaceTagList(newer, list)).toStrictEqual({ ok: false, reason: 'not-newer' });
  });
});

describe('giving a rating', () => {
  test('a good level needs no reason, a bad one needs a tag or words', () => {
    for (const level of ratingLevels) {
      const bad = badLevels.has(level);
      const [tag] = tagsFor(list, level, 'on-site');
      expect(giveRating({ ...press, level }, list).ok).toBe(!bad);
      expect(giveRating({ ...press, level, text: '  ' }, list).ok).toBe(!bad);
      expect(giveRating({ ...press, level, text: ' 等了很久 ' }, list)).toMatchObject({ value: { text: '等了很久' } });
      expect(giveRating({ ...press, level, tags: [tag?.code ?? ''] }, list)).toMatchObject({
        value: { tagVersion: 1 },
      });
    }
    expect([...badLevels]).toStrictEqual(['dissatisfied', 'very-dissatisfied']);
  });

  test.each([
    ['unknown-tag', 'of another level', { tags: ['214'] }],
    ['unknown-tag', 'of online service', { tags: ['591'] }],
    ['unknown-tag', 'of nobody', { tags: ['999'] }],
    ['tag-twice', 'twice', { tags: ['510', '510'] }],
    ['text-too-long', 'long', { text: '长'.repeat(longestRatingText + 1) }],
  ] as const)('%s: a tag or text that is %s', (reason, _, change) => {
    expect(giveRating({ ...press, ...change }, list)).toStrictEqual({ ok: false, reason });
  });

  test('the level is the one pressed, whatever else is said', () => {
    const presses = fc.record({
      matter: fc.string({ minLength: 1 }),
      number: fc.constantFrom(1 as const, 2 as const),
      level: fc.constantFrom(...ratingLevels),
      source: fc.constantFrom('page' as const, 'pad' as const, 'qr' as const),
      tags: fc.subarray(
        list.tags.map(({ code }) => code),
        { maxLength: 3 },
      ),
      text: fc.string({ maxLength: 20 }),
      at: fc.constant(press.at),
    });
    fc.assert(
      fc.property(presses, (one) => {
        const rating = giveRating(one, list);
        if (rating.ok) expect(rating.value).toMatchObject({ ...one, text: one.text.trim() });
        else expect(['reason-needed', 'unknown-tag']).toContain(rating.reason);
      }),
    );
  });

  test('nothing but a press becomes a rating: no level is left out, none comes from the system', () => {
    // Checked by the compiler, which reads the tests too.
    expectTypeOf<RatingPress>().not.toExtend<GivenRating>();
    expectTypeOf<Parameters<typeof giveRating>>().toEqualTypeOf<[press: RatingPress, list: RatingTagList]>();
    expectTypeOf<Omit<RatingPress, 'level'>>().not.toExtend<RatingPress>();
    expectTypeOf<RatingPress & { level: undefined }>().toBeNever();
    expectTypeOf<RatingPress['source']>().toEqualTypeOf<'page' | 'pad' | 'qr'>();
    expectTypeOf<Parameters<typeof keepRating>[1]>().toEqualTypeOf<GivenRating>();
    expect(readTagList({ ...published, defaultLevel: 'very-satisfied' }).ok).toBe(false);
  });
});

describe('keeping ratings', () => {
  const rating = (change: Partial<RatingPress>) => must(giveRating({ ...press, ...change }, list));

  test('page, pad and code end in one record of a case and number', () => {
    const kept = must(keepRating([], rating({ source: 'pad' })));
    for (const source of ['page', 'pad', 'qr'] as const) {
      expect(keepRating(kept, rating({ source, level: 'satisfied' }))).toStrictEqual({
        ok: false,
        reason: 'already-rated',
      });
    }
    expect(must(keepRating(kept, rating({ matter: 'another' })))).toHaveLength(2);
  });

  test('a second rating adds to a first one of the same case, and comes after it', () => {
    const second = rating({ number: 2, at: '2026-11-23T08:00:00+08:00' });
    expect(keepRating([rating({ matter: 'another' })], second)).toStrictEqual({ ok: false, reason: 'first-missing' });
    expect(keepRating([rating({ at: '2026-11-23T00:00:01Z' })], second)).toStrictEqual({
      ok: false,
      reason: 'before-the-first',
    });
    expect(must(keepRating([rating({})], second))).toHaveLength(2);
  });

  test('however often and in whatever order ratings come, a case has at most one first and then one second', () => {
    const arrivals = fc.array(
      fc.record({
        matter: fc.constantFrom('a', 'b'),
        number: fc.constantFrom(1 as const, 2 as const),
        at: fc.integer({ min: 10, max: 59 }).map((minute) => `2026-11-22T09:${minute}:00+08:00`),
      }),
    );
    fc.assert(
      fc.property(arrivals, (all) => {
        let kept: readonly GivenRating[] = [];
        for (const one of all) {
          const next = keepRating(kept, rating(one));
          if (next.ok) kept = next.value;
        }
        for (const matter of ['a', 'b']) {
          const own = kept.filter((one) => one.matter === matter);
          expect(own.map(({ number }) => number)).toStrictEqual([1, 2].slice(0, own.length));
          const [one, two] = own;
          expect(one !== undefined && two !== undefined && two.at < one.at).toBe(false);
          expect(own.length > 0).toBe(all.some((arrival) => arrival.matter === matter && arrival.number === 1));
        }
      }),
    );
  });
});
