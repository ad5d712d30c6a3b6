import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OneOff } from './one-off.ts';

/** Edits of the whole of one text that make the other, or one edit more than one if it takes several. */
function isWithinOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short.charAt(at) === long.charAt(at)) at += 1;
  return short.slice(at + (a.length === b.length ? 1 : 0)) === long.slice(at + 1) || a === b;
}

const letters = fc.stringMatching(/^[ab]{2,8}$/);

describe('what is in a text but for one character', () => {
  test.each([
    ['居民身份证补领', '居民身份证补领'],
    ['居民身份证补领', '居民生份证补领'],
    ['居民身份证补领', '居身份证补领'],
    ['居民身份证补领', '居民身份份证补领'],
    ['居民身份证补领', '身份正补领'],
    ['居民身份证补领', '身分证补领'],
    ['居民身份证补领', '居民身份证补令'],
    ['居民身份证补领', '剧民身份证补领'],
    ['居民身份证补领', '居民身份证补领了'],
    ['居民身份证补领', '去居民身份证补领'],
    ['社会保障卡补领换领', '社会保障卡领换领'],
    ['社会保障卡补领换领', '社保障卡补领换领'],
  ])('%s has %s', (text, part) => {
    expect(new OneOff(part).isIn(text)).toBe(true);
  });

  test.each([
    ['居民身份证补领', '居民生分证补领'],
    ['居民身份证补领', '居民身份证换发'],
    ['居民身份证补领', '户籍身份登记'],
    ['身份证', '居民身份证补领'],
  ])('%s has no %s', (text, part) => {
    expect(new OneOff(part).isIn(text)).toBe(false);
  });

  test('is found wherever one character was changed, left out or put in', () => {
    const text = fc.shuffledSubarray(Array.from('abcdefghijkl'), { minLength: 6 });
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom('', 'x', 'xy'), (characters, place, instead) => {
        const at = place % characters.length;
        const part = characters.join('');
        const other = characters.with(at, instead === 'xy' ? `x${characters[at]}` : instead).join('');
        expect(new OneOff(part).isIn(`m${other}n`)).toBe(true);
        expect(new OneOff(other).isIn(`m${part}n`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is found exactly where some piece of the text is one edit away at most', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab]{0,10}$/), letters, (text, part) => {
        const pieces = Array.from({ length: text.length + 1 }, (_each, from) =>
          [-1, 0, 1].map((more) => text.slice(from, from + part.length + more)),
        ).flat();
        expect(new OneOff(part).isIn(text)).toBe(pieces.some((piece) => isWithinOneEdit(piece, part)));
      }),
      { numRuns: 3_000 },
    );
  });
});
