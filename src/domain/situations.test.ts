import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleItem } from '../../test/fixtures/sample-item.ts';
import {
  applicableFields,
  applicableMaterials,
  applicableSituations,
  appliesTo,
  standingAnswers,
} from './situations.ts';

const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('a condition holds when every question named has one of its answers', () => {
  const condition = [
    { question: 'who', anyOf: ['agent'] },
    { question: 'relation', anyOf: ['child', 'guardian'] },
  ];
  expect(appliesTo(undefined, {})).toBe(true);
  expect(appliesTo(condition, { who: 'agent', relation: 'guardian' })).toBe(true);
  expect(appliesTo(condition, { who: 'self', relation: 'guardian' })).toBe(false);
  expect(appliesTo(condition, { who: 'agent' })).toBe(false);
});

test('questions, fields and materials follow from the answers', () => {
  expect(ids(applicableSituations(sampleItem, {}))).toStrictEqual(['who']);
  expect(ids(applicableSituations(sampleItem, { who: 'agent' }))).toStrictEqual(['who', 'relation']);
  expect(ids(applicableMaterials(sampleItem, { who: 'self' }))).toStrictEqual(['M-ID', 'M-FORM', 'M-BOOK']);
  expect(ids(applicableMaterials(sampleItem, { who: 'agent', relation: 'guardian' }))).toContain('M-GUARDIAN');
  const names = applicableFields(sampleItem, { who: 'self' }).map(({ name }) => name);
  expect(names).not.toContain('elderId');
  expect(names).toContain('phone');
});

test('an answer falls away with the question it answered, and takes what hung on it along', () => {
  expect(standingAnswers(sampleItem, { who: 'self', relation: 'guardian' })).toStrictEqual({ who: 'self' });
  expect(standingAnswers(sampleItem, { who: 'agent', relation: 'guardian', gone: 'x' })).toStrictEqual({
    who: 'agent',
    relation: 'guardian',
  });
});

test('standing answers answer only questions that are asked, and stand again', () => {
  const answers = fc.dictionary(
    fc.constantFrom('who', 'relation'),
    fc.constantFrom('self', 'agent', 'child', 'guardian'),
  );
  fc.assert(
    fc.property(answers, (given) => {
      const standing = standingAnswers(sampleItem, given);
      expect(ids(applicableSituations(sampleItem, standing))).toEqual(expect.arrayContaining(Object.keys(standing)));
      expect(standingAnswers(sampleItem, standing)).toStrictEqual(standing);
    }),
  );
});
