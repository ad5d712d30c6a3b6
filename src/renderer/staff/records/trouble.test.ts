import { expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

it.each([
  ['sealed-broken', 'unreadable'],
  ['unknown-case', 'conflict'],
  ['gave-up:failing', 'gave-up'],
  ['page-not-announced', 'refused'],
  ['a word of a later version', 'refused'],
])('%s is told as %s', (reason, trouble) => {
  expect(troubleOf(reason)).toBe(trouble);
});
