import { expect, test } from 'vitest';
import { samplePerson } from '../../test/fixtures/sample-item.ts';
import { cardPerson, maskedPerson } from './identity.ts';

test('what a card says has real days, and a sex and a kind of the lists', () => {
  expect(cardPerson.parse(samplePerson)).toStrictEqual(samplePerson);
  expect(cardPerson.safeParse({ ...samplePerson, validTo: 'long-term' }).success).toBe(true);
  for (const wrong of [{ birth: '1949-02-30' }, { sex: '3' }, { kind: 'passport' }, { validTo: '长期' }, { photo: '' }])
    expect(cardPerson.safeParse({ ...samplePerson, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});

test('what a page may see of a person has four characters of the number and no more', () => {
  expect(maskedPerson.safeParse({ name: '张*', idLast4: '0017' }).success).toBe(true);
  expect(maskedPerson.safeParse({ name: '张*', idLast4: samplePerson.idNumber }).success).toBe(false);
  expect(maskedPerson.safeParse({ name: '张*', idLast4: '0017', birth: samplePerson.birth }).success).toBe(false);
});
