// `npm run features`: which feature rows are proven by which tests of the last reports. With `--check` only the counts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { matchTests, readRows, unknownIds } from './features/match.ts';
import { readReport } from './testing/reports.ts';
import type { ReportedTest } from './testing/reports.ts';

const root = join(import.meta.dirname, '..');
const brief = process.argv.includes('--check');

const rows = readRows(readFileSync(join(root, 'docs/features.md'), 'utf8'));
const tests: ReportedTest[] = [];
const missing: string[] = [];
for (const name of ['tests', 'e2e', 'usb', 'chaos']) {
  const report = readReport(join(root, 'reports', `${name}.json`));
  if (report === undefined) missing.push(name);
  else tests.push(...report);
}

const matched = matchTests(rows, tests);
if (!brief) {
  for (const { row, passed, failed } of matched) {
    const verdict = failed.length > 0 ? 'FAILS' : passed.length > 0 ? 'proven by' : 'not yet';
    console.log(`${row.id} ${row.star ? '★' : ' '} ${row.text}: ${verdict}`);
    for (const title of failed) console.log(`         failed: ${title}`);
    for (const title of passed) console.log(`         ${title}`);
  }
  console.log('');
}

for (const group of new Set(rows.map((row) => row.group))) count(group, (row) => row.group === group);
count('all', () => true);
count('all with ★', (row) => row.star);
if (missing.length > 0)
  console.log(
    `No report of: ${missing.join(', ')}. Reports are written by npm test, that of chaos by npm run test:chaos.`,
  );

const unknown = unknownIds(rows, tests);
for (const { id, title } of unknown) console.error(`There is no feature ${id}, which this test names: ${title}`);
process.exitCode = unknown.length > 0 || rows.length === 0 ? 1 : 0;

function count(name: string, choose: (row: (typeof rows)[number]) => boolean): void {
  const chosen = matched.filter(({ row }) => choose(row));
  const proven = chosen.filter(({ passed, failed }) => passed.length > 0 && failed.length === 0);
  console.log(`${name.padEnd(22)} ${String(proven.length).padStart(4)} of ${chosen.length} proven`);
}
