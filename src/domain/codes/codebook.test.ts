import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratingLevels } from '../rating-levels.ts';
import {
  applicantKindOf,
  handlingFormCodes,
  handlingForms,
  matterStateCodes,
  nationalApplicantCodes,
  serviceObjectCodes,
  serviceObjectOf,
  serviceObjects,
  terminalHandlingForm,
  windowApplicantCodes,
} from './case-codes.ts';
import { caseKinds, codeProfiles, ratingRoutes } from './code-profiles.ts';
import { codeOf, makeCodebook, nameOf, translate, type Codebook } from './codebook.ts';

const { gb39046, national, shandong, zhejiang, defaultingSuite } = codeProfiles;
const profiles = Object.values(codeProfiles);

/** Every list with all of our names for it and every system that prints it. */
const lists: readonly { names: readonly string[]; books: readonly Codebook<string>[] }[] = [
  { names: ratingLevels, books: profiles.map(({ levels }) => levels) },
  { names: caseKinds, books: profiles.map(({ kinds }) => kinds) },
  { names: ratingRoutes, books: profiles.map(({ routes }) => routes) },
  { names: serviceObjects, books: [serviceObjectCodes] },
  { names: ['person', 'legal-person'], books: [nationalApplicantCodes, windowApplicantCodes] },
  { names: handlingForms, books: [handlingFormCodes] },
  { names: ['waiting', 'in-progress', 'finished'], books: [matterStateCodes] },
];

const bookAndNames = fc.constantFrom(...lists.flatMap(({ names, books }) => books.map((book) => ({ names, book }))));
const twoBooks = fc
  .constantFrom(...lists)
  .chain(({ names, books }) =>
    fc.record({ name: fc.constantFrom(...names), from: fc.constantFrom(...books), to: fc.constantFrom(...books) }),
  );
const digit = fc.stringMatching(/^\d{0,2}$/);

describe('[P-04] code lists of GB/T 39046, the national rating interface and the provinces', () => {
  test('are bijections: names and codes come back as themselves, and nothing shares a code', () => {
    fc.assert(
      fc.property(bookAndNames, digit, ({ names, book }, code) => {
        const codes = names.flatMap((name) => {
          const answer = codeOf(book, name);
          if (!answer.ok) return [];
          expect(nameOf(book, answer.value)).toStrictEqual({ ok: true, value: name });
          return [answer.value];
        });
        expect(new Set(codes).size).toBe(codes.length);
        const name = nameOf(book, code);
        expect(name.ok).toBe(codes.includes(code));
        if (name.ok) expect(codeOf(book, name.value)).toStrictEqual({ ok: true, value: code });
      }),
    );
  });

  test('a code survives the way to any other system and back, or is refused on the way there', () => {
    fc.assert(
      fc.property(twoBooks, ({ name, from, to }) => {
        const code = codeOf(from, name);
        if (!code.ok) return;
        const there = translate(from, to, code.value);
        if (there.ok) expect(translate(to, from, there.value)).toStrictEqual(code);
        else expect([there.reason, to.pairs.has(name)]).toStrictEqual(['no-counterpart', false]);
      }),
    );
  });

  test('all five levels go to every system, 非常满意 as itself, although GB/T 39046 counts the other way', () => {
    expect('12345'.split('').map((code) => translate(gb39046.levels, national.levels, code))).toStrictEqual(
      '54321'.split('').map((value) => ({ ok: true, value })),
    );
    for (const { levels } of profiles) expect([...levels.pairs.keys()]).toStrictEqual([...ratingLevels]);
    for (const { levels } of [shandong, zhejiang, defaultingSuite]) {
      expect(codeOf(levels, 'very-satisfied')).toStrictEqual({ ok: true, value: '5' });
    }
    expect(codeOf(gb39046.levels, 'very-satisfied')).toStrictEqual({ ok: true, value: '1' });
  });

  test('Zhejiang’s 1 is everybody else’s 2, and the national list has no 其他', () => {
    expect(translate(zhejiang.kinds, gb39046.kinds, '1')).toStrictEqual({ ok: true, value: '2' });
    expect(translate(gb39046.kinds, zhejiang.kinds, '1')).toStrictEqual({ ok: true, value: '2' });
    expect(translate(gb39046.kinds, national.kinds, '9')).toMatchObject({ ok: false, reason: 'no-counterpart' });
  });

  test('routes 3, 4 and 5 mean the same wherever routes exist; the rest is refused, not guessed', () => {
    for (const { routes } of [shandong, zhejiang, defaultingSuite]) {
      for (const code of ['3', '4', '5'])
        expect(translate(national.routes, routes, code)).toMatchObject({ value: code });
    }
    expect(translate(shandong.routes, national.routes, '1')).toMatchObject({ ok: false, reason: 'no-counterpart' });
    expect(translate(shandong.routes, defaultingSuite.routes, '7')).toStrictEqual({ ok: true, value: '6' });
    expect(translate(national.routes, shandong.routes, '6')).toMatchObject({ ok: false, reason: 'unknown-code' });
    expect(translate(national.routes, gb39046.routes, '5')).toMatchObject({ ok: false, reason: 'no-counterpart' });
  });

  test('"default by the system" is refused by name and is no code of any route', () => {
    expect(nameOf(defaultingSuite.routes, '7')).toStrictEqual({
      ok: false,
      reason: 'forbidden',
      detail: 'hall suite pf 7 is not taken',
    });
    expect([...defaultingSuite.routes.pairs.values()]).not.toContain('7');
  });

  test('a terminal is 9 in GB/T 39046 A.5, and 9 is not a terminal', () => {
    expect(codeOf(handlingFormCodes, terminalHandlingForm)).toStrictEqual({ ok: true, value: '9' });
    expect(nameOf(handlingFormCodes, '9')).toStrictEqual({ ok: true, value: 'other' });
  });

  test('who applies: many kinds become 法人, only a person finds the way back', () => {
    const kinds = serviceObjects.map((object) => applicantKindOf(object));
    const legal = { ok: true, value: 'legal-person' };
    const none = { ok: false, reason: 'no-counterpart' };
    expect(kinds).toStrictEqual([{ ok: true, value: 'person' }, legal, legal, legal, legal, none]);
    expect(serviceObjectOf('person')).toStrictEqual({ ok: true, value: 'natural-person' });
    expect(serviceObjectOf('legal-person')).toStrictEqual(none);
    expect(translate(nationalApplicantCodes, windowApplicantCodes, '2')).toStrictEqual({ ok: true, value: '1' });
  });

  test('a table that uses a code twice, or one that is forbidden, is not made', () => {
    expect(() => makeCodebook('x', { a: '1', b: '1' })).toThrow('x uses a code twice');
    expect(() => makeCodebook('x', { a: '1' }, ['1'])).toThrow(RangeError);
  });
});
