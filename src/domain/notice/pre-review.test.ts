import { describe, expect, test } from 'vitest';
import { sampleItem } from '../../../test/fixtures/sample-item.ts';
import { maxPagesPerMaterial } from '../application.ts';
import type { CatalogueItem } from '../item.ts';
import { preReview, type ReviewedContent, type ReviewedWith } from './pre-review.ts';

const lists = { retainedProofs: new Set(['RP-01']), paperFree: new Set(['marriage']) };
const beside: ReviewedWith = { today: '2026-11-22', eCertificates: [] };
const good: ReviewedContent = {
  answers: { who: 'self' },
  fields: { fullName: '欧阳试样', sex: '2', age: '82', birth: '1943-12-31', phone: '13900000000', alone: 'no' },
  pictures: { 'M-ID': 0, 'M-FORM': 0, 'M-BOOK': 1 },
};
const found = (content: ReviewedContent, item = sampleItem, with_ = beside) =>
  preReview(item, content, with_, lists).map(({ rule, on }) => [rule, ...on]);

describe('pre-review', () => {
  test('finds nothing in an application that is in order', () => {
    expect(found(good)).toStrictEqual([]);
  });

  test('finds all four planted defects at once, with the ids of their rules, and no other', () => {
    const { phone: _phone, ...fields } = good.fields;
    const bad: ReviewedContent = {
      answers: { who: 'agent', relation: 'guardian' },
      fields: { ...fields, age: '151', elderId: '990101194312310016' },
      pictures: { 'M-BOOK': maxPagesPerMaterial + 1 },
    };
    expect(found(bad)).toStrictEqual([
      ['pre-review.field-wrong@1', 'age'],
      ['pre-review.field-missing@1', 'phone'],
      ['pre-review.too-many-pictures@1', 'M-BOOK'],
      ['pre-review.material-missing@1', 'M-GUARDIAN'],
    ]);
  });

  test('asks each question that applies, and takes only its answers', () => {
    expect(found({ ...good, answers: {} })).toStrictEqual([['pre-review.question-unanswered@1', 'who']]);
    expect(found({ ...good, answers: { who: 'nobody' } })).toStrictEqual([['pre-review.answer-unknown@1', 'who']]);
  });

  test('says which rule of the form a value breaks', () => {
    expect(preReview(sampleItem, { ...good, fields: { ...good.fields, age: 'x' } }, beside, lists)).toMatchObject([
      { subject: '年龄', broken: 'not-a-number' },
    ]);
  });

  const withMaterial = (change: Partial<CatalogueItem['materials'][number]>): CatalogueItem => ({
    ...sampleItem,
    materials: sampleItem.materials.map((one) => (one.id === 'M-BOOK' ? { ...one, ...change } : one)),
  });
  const missing: ReviewedContent = { ...good, pictures: {} };
  const valid = { id: 'E-1', type: 'birth-certificate', state: 'valid' as const };

  test.each<[string, CatalogueItem, ReviewedWith, boolean]>([
    ['a paper that nothing stands for', sampleItem, beside, true],
    [
      'a paper that may be vouched for in writing',
      withMaterial({ substitutes: ['commitment', 'paper'] }),
      beside,
      true,
    ],
    ['a certificate that is not asked for on paper', withMaterial({ certificate: 'marriage' }), beside, false],
    ['a proof that is not on the retained list', withMaterial({ proof: 'RP-02' }), beside, false],
    [
      'a certificate that the library has',
      withMaterial({ certificate: 'birth-certificate' }),
      { ...beside, eCertificates: [valid] },
      false,
    ],
    [
      'a certificate that the library has as expired',
      withMaterial({ certificate: 'birth-certificate' }),
      { ...beside, eCertificates: [{ ...valid, validTo: '2026-11-21' }] },
      true,
    ],
  ])('%s', (_case, item, with_, isAsked) => {
    expect(found(missing, item, with_)).toStrictEqual(isAsked ? [['pre-review.material-missing@1', 'M-BOOK']] : []);
  });

  test.each<[string, readonly { validTo?: string; state?: 'revoked' }[], boolean]>([
    ['ended the day before', [{ validTo: '2026-11-21' }], true],
    ['ends today', [{ validTo: '2026-11-22' }], false],
    ['never ends', [{}], false],
    ['ended, with a new one beside it', [{ validTo: '2026-11-21' }, { validTo: '2036-11-21' }], false],
    ['ended, with a revoked one beside it', [{ validTo: '2026-11-21' }, { state: 'revoked' }], true],
    ['is not in the library', [], false],
  ])('a card that %s', (_case, cards, isExpired) => {
    const item: CatalogueItem = {
      ...sampleItem,
      materials: sampleItem.materials.map((one) => (one.id === 'M-ID' ? { ...one, certificate: 'id-card' } : one)),
    };
    const eCertificates = cards.map((card, index) => ({
      id: `E-${index}`,
      type: 'id-card',
      state: 'valid' as const,
      ...card,
    }));
    const defects = preReview(item, good, { ...beside, eCertificates }, lists);
    expect(defects).toStrictEqual(
      isExpired
        ? [
            {
              rule: 'pre-review.certificate-expired@1',
              on: ['M-ID'],
              kind: 'certificate-expired',
              subject: '身份证',
              validTo: '2026-11-21',
            },
          ]
        : [],
    );
  });
});
