import type { ReportedTest } from '../testing/reports.ts';

/** A test's line, and the block of details that may follow. */
const OUTCOME = /^(not ok|ok) \d+ - (.*?)(?: # (SKIP|TODO).*)?\n( +---\n(?: .*\n)*? +\.\.\.\n)?/gm;
/** What a failed one says: on the same line, or indented below. */
const ERROR = /^ +error: (?:\|-\n((?: {4}.*\n){1,3})|(.*)\n)/m;
/** Said by the machine after the last test. */
const ended = /^usb-bench: ended with (\d+)$/m;

/** The outcomes on a console, in the Test Anything Protocol; other lines are passed over. */
export function readTap(text: string): ReportedTest[] {
  const tests: ReportedTest[] = [];
  for (const [, verdict, title = '', directive, details = ''] of text.matchAll(OUTCOME)) {
    const outcome = directive !== undefined ? 'skipped' : verdict === 'ok' ? 'passed' : 'failed';
    const complaint = ERROR.exec(details)
      ?.slice(1)
      .find((words) => words !== undefined);
    tests.push({
      title: title.replaceAll(/\\(.)/g, '$1'),
      outcome,
      ...(outcome === 'failed' && complaint !== undefined ? { complaint: complaint.trim() } : {}),
    });
  }
  return tests;
}

/** Whether the tests came to their end and nothing but tests failed. */
export function endedWell(text: string): boolean {
  return ended.exec(text)?.[1] === '0';
}
