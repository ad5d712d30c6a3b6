import { describe, expect, test } from 'vitest';
import { readCardText } from './card-text.ts';
import { encodeCardText, findSimulatedCard } from './simulated-card.ts';
import type { SimulatedCard } from './simulated-card.ts';

function card(name: string): SimulatedCard {
  const found = findSimulatedCard(name);
  if (!found) throw new Error(`no simulated card ${name}`);
  return found;
}
const read = (name: string, changes: Partial<SimulatedCard> = {}) =>
  readCardText(encodeCardText({ ...card(name), ...changes }));

describe('card types', () => {
  test('resident card', () => {
    expect(read('zhang')).toEqual({
      kind: 'resident',
      name: '张宁',
      sex: '1',
      nation: '01',
      birth: '1988-03-09',
      address: '样例省示范市幸福区和平路18号 2单元301',
      idNumber: '990101198803092111',
      issuer: '示范市公安局幸福分局',
      validFrom: '2016-07-15',
      validTo: '2036-07-15',
      idNumberValid: true,
    });
  });

  test.each([
    ['chan-hong-kong', '陳樂兒', '810000199001010019'],
    ['macau', '何惠心', '820000198505200024'],
    ['lin-taiwan', '林夏禾', '830000199001010012'],
  ])('residence permit %s has no nation, and its own columns are in nobody’s way', (card_, name, idNumber) => {
    const person = read(card_);
    expect(person).toMatchObject({ kind: 'hk-macau-taiwan', name, idNumber, idNumberValid: true });
    expect(person?.nation).toBeUndefined();
    const { permitNumber } = card(card_);
    expect(permitNumber).not.toBe('');
    expect(JSON.stringify(person)).not.toContain(permitNumber);
  });

  test('foreigner card of 2017, with and without a Chinese name', () => {
    expect(read('foreigner-2017')).toMatchObject({
      kind: 'foreigner-2017',
      name: '米拉',
      birth: '1980-02-29',
      idNumber: 'UTO990180022901',
      idNumberValid: true,
    });
    expect(read('foreigner-2017', { name: '' })?.name).toBe('SAMPLE, MIRA');
  });

  test('foreigner card of 2023: a long English name goes on in its second column', () => {
    expect(read('foreigner-2023')).toMatchObject({
      kind: 'foreigner-2023',
      name: 'EXAMPLE, ALEXANDRIA MARGUERITE OCTAVIA',
      validFrom: '2024-01-05',
      idNumberValid: true,
    });
  });
});

test('foreigner card of 2023 with a Chinese name: its change count is no nation', () => {
  expect(read('foreigner-2023-chinese')).toMatchObject({ kind: 'foreigner-2023', name: '白若兰', idNumberValid: true });
  expect(read('foreigner-2023-chinese')?.nation).toBeUndefined();
});

test('长期 has no end date', () => expect(read('li')?.validTo).toBe('long-term'));

test('a rare character outside GBK, two UTF-16 units long, is kept', () => {
  expect(read('wang-expired')?.name).toBe('王𬭎');
});

test('a private character is kept', () => expect(read('private-use')?.name).toBe('周\ue863'));

test('a wrong check character is told and the reading kept', () => {
  expect(read('zhao-wrong-number')).toMatchObject({ name: '赵敏之', idNumberValid: false });
});

test('an unknown nation is left out', () => expect(read('zhang', { nation: '77' })?.nation).toBeUndefined());

test.each([
  ['a birth that is no date', { birth: '19881332' }],
  ['no name', { name: '' }],
  ['a control character', { name: '张\u001b宁' }],
  ['a sex code out of range', { sex: '5' }],
])('%s is not a card', (_, changes) => expect(read('zhang', changes)).toBeUndefined());

test('a card may have no address and name no authority', () => {
  const person = read('zhang', { address: '', issuer: '' });
  expect(person?.name).toBe('张宁');
  expect([person?.address, person?.issuer]).toEqual([undefined, undefined]);
});

test('a block of another size is not a card', () => {
  expect(readCardText(encodeCardText(card('zhang')).subarray(0, 254))).toBeUndefined();
});
