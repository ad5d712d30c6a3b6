import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { idLast4, maskAddress, maskCardValue, maskId, maskName, maskPerson, maskPhone } from './masking.ts';

test.each([
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['欧阳修', '欧阳*'],
  ['司马相如', '司马**'],
  ['欧阳', '欧*'],
  ['张', '*'],
  ['古丽娜尔·买买提', '古***·***'],
  ['SMITH, JOHN', 'S****, ****'],
  ['𠮷田', '𠮷*'],
  ['  李四 ', '李*'],
])('masks the name %s as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test('a masked name keeps at most its first two characters and its separators', () => {
  const letter = fc.constantFrom(...Array.from('张欧阳司马三四修ABÉ𠮷'));
  fc.assert(
    fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), (letters) => {
      const masked = Array.from(maskName(letters.join('')));
      expect(masked).toHaveLength(letters.length);
      expect(masked.at(-1)).toBe('*');
      expect(masked.slice(2).every((one) => one === '*')).toBe(true);
    }),
  );
});

test('of a number only the last four characters show', () => {
  expect(maskId('99010119431231001X')).toBe('**************001X');
  expect(idLast4('99010119431231001X')).toBe('001X');
});

test('a number too short to stay unknown by four characters is hidden whole', () => {
  expect(idLast4('1234567')).toBe('****');
  expect(maskId('1234567')).toBe('*******');
  expect(maskId('12')).toBe('**');
});

test.each([
  ['13800001234', '138****1234'],
  ['010-5550101', '********01'],
  ['123456', '****'],
])('masks the phone number %s as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked);
});

test.each([
  ['安澜省澄江市望岭县柳荫巷8号', '安澜省澄江市****'],
  ['澄江市望岭县柳荫巷8号二单元301室', '澄江市****'],
  ['柳荫巷8号', '****'],
  ['', '****'],
])('masks the address %s as %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});

test('at least half of an address is hidden, and its length with it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('安澜省市县区巷8号')), maxLength: 40 }), (address) => {
      const shown = maskAddress(address).replace(/\*{4}$/, '');
      expect(address.startsWith(shown)).toBe(true);
      expect(shown.length).toBeLessThanOrEqual(address.length / 2);
    }),
  );
});

test('each value of a card has its mask; codes of sex and nation say nothing about a person alone', () => {
  expect(maskCardValue('card.name', '张三')).toBe('张*');
  expect(maskCardValue('card.idNumber', '990101194312310016')).toBe('**************0016');
  expect(maskCardValue('card.birth', '1943-12-31')).toBe('1943-**-**');
  expect(maskCardValue('card.address', '澄江市柳荫巷8号')).toBe('澄江市****');
  expect(maskCardValue('card.sex', '2')).toBe('2');
  expect(maskCardValue('card.nation', '01')).toBe('01');
});

test('a person is known to pages by masked name and last four digits only', () => {
  const person = { name: '欧阳修', idNumber: '990101194312310016', address: '柳荫巷8号' };
  expect(maskPerson(person)).toStrictEqual({ name: '欧阳*', idLast4: '0016' });
});
