import { expect, test } from 'vitest';
import { publishedLists } from './published-lists.ts';

test('proofs that are retained, and certificates that are not asked for on paper, and no others', () => {
  const certificates = [
    { id: 'marriage', paperNotAsked: true },
    { id: 'degree', paperNotAsked: false },
  ];
  const lists = publishedLists(certificates, { retained: [{ id: 'RP-01' }] });
  expect(lists).toEqual({ retainedProofs: new Set(['RP-01']), paperFree: new Set(['marriage']) });
});
