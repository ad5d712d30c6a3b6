import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readingTable } from './table.ts';

const committed = join(import.meta.dirname, '../../resources/search/readings.json');

test('the readings that are shipped are those of pinyin-pro, for all 6,763 characters of GB 2312', () => {
  const table = readingTable();
  expect(JSON.parse(readFileSync(committed, 'utf8'))).toStrictEqual(table);
  expect(Object.values(table.first).join('').length).toBe(6_763);
  expect(table.first['hang']).toContain('航');
  expect(table.other['hang']).toContain('行');
});
