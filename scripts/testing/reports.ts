import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

import { z } from 'zod';

export type TestOutcome = 'passed' | 'failed' | 'skipped';

/** One test of a report: its title after the titles of the groups around it, and what a failed one complained of. */
export type ReportedTest = { readonly title: string; readonly outcome: TestOutcome; readonly complaint?: string };

const COMPLAINT_LINES = 6;

/** How many tests ended how. */
export type Counts = Readonly<Record<TestOutcome, number>>;

/** What `vitest --reporter=json` writes, as far as it is used here. */
const vitestReport = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
});

/** What Playwright's json reporter writes, as far as it is used here. */
const playwrightSuite = z.object({
  title: z.string(),
  specs: z
    .array(
      z.object({
        title: z.string(),
        tests: z.array(
          z.object({
            status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
            results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })).default([]),
          }),
        ),
      }),
    )
    .default([]),
  get suites() {
    return z.array(playwrightSuite).default([]);
  },
});
const playwrightReport = z.object({ suites: z.array(playwrightSuite) });

type PlaywrightSuite = z.infer<typeof playwrightSuite>;

/**
 * Reads a report of either tool.
 *
 * @returns nothing when there is no such file
 * @throws when the file is no such report
 */
export function readReport(file: string): ReportedTest[] | undefined {
  if (!existsSync(file)) return undefined;
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const vitest = vitestReport.safeParse(content);
  if (vitest.success)
    return vitest.data.testResults.flatMap(({ assertionResults }) => assertionResults.map(fromVitest));
  return playwrightReport.parse(content).suites.flatMap((suite) => fromPlaywright(suite, []));
}

/** Writes what {@link readReport} reads, for a tool that writes neither report. */
export function writeReport(file: string, tests: readonly ReportedTest[]): void {
  const assertionResults = tests.map(({ title, outcome, complaint }) => ({
    fullName: title,
    status: outcome,
    failureMessages: complaint === undefined ? [] : [complaint],
  }));
  writeFileSync(file, `${JSON.stringify({ testResults: [{ assertionResults }] }, undefined, 2)}\n`);
}

function fromVitest(test: { fullName: string; status: string; failureMessages: readonly string[] }): ReportedTest {
  const outcome = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
  return { title: test.fullName, outcome, ...complaintOf(test.failureMessages) };
}

/** The outermost suite is the file; its name is no part of a title. */
function fromPlaywright(suite: PlaywrightSuite, groups: readonly string[]): ReportedTest[] {
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      title: [...groups, title].join(' '),
      outcome: outcomeOf(status),
      ...complaintOf(results.flatMap(({ errors }) => errors.map(({ message }) => message ?? ''))),
    })),
  );
  return [...own, ...suite.suites.flatMap((inner) => fromPlaywright(inner, [...groups, inner.title]))];
}

/** The beginning of each message: enough to see what happened where only the end of a run is kept. */
function complaintOf(messages: readonly string[]): { complaint?: string } {
  const lines = messages.flatMap((message) =>
    stripVTControlCharacters(message)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, COMPLAINT_LINES),
  );
  return lines.length === 0 ? {} : { complaint: lines.map((line) => line.trim()).join(' | ') };
}

/** A test that passes only when it is tried again has failed. */
function outcomeOf(status: 'expected' | 'unexpected' | 'flaky' | 'skipped'): TestOutcome {
  if (status === 'expected') return 'passed';
  return status === 'skipped' ? 'skipped' : 'failed';
}

/**
 * The counts of one run of a tool.
 *
 * A tool that ends badly without a failed test has failed before or beside its tests, and one that ran nothing has not
 * done its work: each counts as one failure. With `maySkip` a tool may well report that it skipped everything.
 */
export function countTests(tests: readonly ReportedTest[] | undefined, exitCode: number, maySkip = false): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { outcome } of tests ?? []) counts[outcome] += 1;
  const didWork = counts.passed > 0 || (maySkip && counts.skipped > 0);
  if (counts.failed === 0 && (exitCode !== 0 || !didWork)) counts.failed = 1;
  return counts;
}

/** The last line of a run, like `12 passed, 0 failed`. */
export function summaryLine(all: readonly Counts[]): string {
  const sum = (outcome: TestOutcome): number => all.reduce((total, counts) => total + counts[outcome], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
