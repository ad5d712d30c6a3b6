import { expect, test } from 'vitest';
import { queueNumber, queuePrefix, ticketCode, ticketState } from './queue-number.ts';

test.each([
  ['A', 1, 'A001'],
  ['A', 999, 'A999'],
  ['A', 1000, 'A1000'],
  ['BZ', 12, 'BZ012'],
])('number %s %i is called out as %s', (prefix, serial, shown) => expect(queueNumber(prefix, serial)).toBe(shown));

test('a counter reads day and number, in printable ASCII', () => {
  const code = ticketCode('2026-11-22', queueNumber('A', 12));
  expect(code).toBe('261122-A012');
  expect(code).toMatch(/^[ -~]+$/);
});

test('a queue begins with one or two capital letters, and its tickets are in one of four states', () => {
  for (const wrong of ['', 'a', 'ABC', '1', '甲']) expect(queuePrefix.safeParse(wrong).success, wrong).toBe(false);
  expect(queuePrefix.safeParse('AB').success).toBe(true);
  expect(ticketState.options).toStrictEqual(['not-called', 'called', 'accepted', 'void']);
});
