import { expect, test } from 'vitest';
import { manifestText } from './manifest.ts';

test('the order in which items came does not matter, what they say does', () => {
  const [a, b] = [
    { code: 'A', sha256: '1' },
    { code: 'B', sha256: '2' },
  ];
  expect(manifestText([b, a])).toBe('A 1\nB 2\n');
  expect(manifestText([a, b])).toBe(manifestText([b, a]));
  expect(manifestText([a])).not.toBe(manifestText([a, b]));
  expect(manifestText([])).toBe('');
});
