import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { countTests, readReport, summaryLine, writeReport } from './reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('reads what vitest writes', () => {
  const file = report({
    numTotalTests: 3,
    testResults: [
      {
        name: '/a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'group [C-01] one', status: 'passed', title: '[C-01] one' },
          {
            fullName: 'group two',
            status: 'failed',
            failureMessages: ['\u001B[31mError: no\u001B[39m\n\n    at here'],
          },
          { fullName: 'group three', status: 'todo' },
        ],
      },
    ],
  });
  expect(readReport(file)).toEqual([
    { title: 'group [C-01] one', outcome: 'passed' },
    { title: 'group two', outcome: 'failed', complaint: 'Error: no | at here' },
    { title: 'group three', outcome: 'skipped' },
  ]);
});

test('reads what Playwright writes, groups and all', () => {
  const file = report({
    stats: {},
    suites: [
      {
        title: 'shell.spec.ts',
        specs: [{ title: 'starts', tests: [{ status: 'expected' }] }],
        suites: [
          {
            title: 'the page',
            specs: [
              {
                title: '[S-01] is confined',
                tests: [{ status: 'unexpected', results: [{ errors: [{ message: 'one\ntwo' }, {}] }] }],
              },
              { title: 'is shown', tests: [{ status: 'flaky' }] },
              { title: 'is left out', tests: [{ status: 'skipped' }] },
            ],
          },
        ],
      },
    ],
  });
  expect(readReport(file)).toEqual([
    { title: 'starts', outcome: 'passed' },
    { title: 'the page [S-01] is confined', outcome: 'failed', complaint: 'one | two' },
    { title: 'the page is shown', outcome: 'failed' },
    { title: 'the page is left out', outcome: 'skipped' },
  ]);
});

test('a missing report is nothing, a strange one an error', () => {
  expect(readReport(join(folder, 'missing.json'))).toBeUndefined();
  expect(() => readReport(report({ some: 'thing' }))).toThrow();
});

const passed = { title: 'a', outcome: 'passed' } as const;
const failed = { title: 'b', outcome: 'failed' } as const;
const skipped = { title: 'c', outcome: 'skipped' } as const;

test.each([
  ['counts each outcome', [passed, passed, failed, skipped], 1, { passed: 2, failed: 1, skipped: 1 }],
  ['a tool that ends badly has failed', [passed], 1, { passed: 1, failed: 1, skipped: 0 }],
  ['no test at all is a failure', [], 0, { passed: 0, failed: 1, skipped: 0 }],
  ['only skipped tests are a failure', [skipped], 0, { passed: 0, failed: 1, skipped: 1 }],
  ['no report is a failure', undefined, 0, { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_name, tests, exitCode, counts) => {
  expect(countTests(tests, exitCode)).toEqual(counts);
});

test('a tool that may skip is neither passed nor failed when it says that it did, and has failed when it says nothing', () => {
  expect(countTests([skipped], 0, true)).toEqual({ passed: 0, failed: 0, skipped: 1 });
  expect(countTests([skipped], 1, true)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  expect(countTests([], 0, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countTests(undefined, 0, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('what was written is read again', () => {
  const file = join(folder, 'written.json');
  const tests = [passed, { ...failed, complaint: 'one' }, skipped];
  writeReport(file, tests);
  expect(readReport(file)).toEqual(tests);
});

test('sums up in one line', () => {
  const one = { passed: 1, failed: 0, skipped: 0 };
  expect(summaryLine([one, { passed: 2, failed: 3, skipped: 0 }])).toBe('3 passed, 3 failed');
  expect(summaryLine([one, { passed: 0, failed: 0, skipped: 2 }])).toBe('1 passed, 0 failed, 2 skipped');
});
