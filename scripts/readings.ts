// Writes resources/search/readings.json; with `--check` only tells whether it is what pinyin-pro gives.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readingTable } from './readings/table.ts';

const path = join(import.meta.dirname, '../resources/search/readings.json');
const text = `${JSON.stringify(readingTable(), undefined, 2)}\n`;
if (process.argv.includes('--check')) {
  const same = readFileSync(path, 'utf8') === text;
  console.log(same ? 'The readings are up to date.' : 'The readings differ: run node scripts/readings.ts');
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(path, text);
}
