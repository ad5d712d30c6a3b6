import type { PaperKey } from './paper-key.ts';
import type { Text } from './messages.ts';
import type { PrintBlock, PrintDocument } from './print-document.ts';

interface Tally {
  readonly name: string;
  readonly done: number;
  readonly failed: number;
}

/** What the staff read on paper at the end of a day: numbers only, nobody's name. */
export interface DayReportFacts {
  readonly hallName: string;
  readonly terminal: string;
  /** ISO 8601 with offset; printed as the wall clock they name. */
  readonly from: string;
  readonly until: string;
  readonly business: readonly Tally[];
  readonly devices: readonly Tally[];
}

/** A report for the folder of the hall, with room for a signature. */
export function composeDayReport(facts: DayReportFacts, text: Text<PaperKey>): PrintDocument {
  return [
    { kind: 'text', text: facts.hallName, align: 'centre' },
    { kind: 'text', text: text('paper.report.title'), align: 'centre', bold: true, size: 2 },
    { kind: 'rule' },
    { kind: 'pair', label: text('paper.report.terminal'), value: facts.terminal },
    { kind: 'pair', label: text('paper.report.period'), value: `${wallClock(facts.from)} – ${wallClock(facts.until)}` },
    ...tallies(
      text('paper.report.business'),
      facts.business,
      ['paper.report.kind', 'paper.report.done', 'paper.report.failed'],
      text,
    ),
    ...tallies(
      text('paper.report.devices'),
      facts.devices,
      ['paper.report.device', 'paper.report.uses', 'paper.report.faults'],
      text,
    ),
    { kind: 'rule' },
    { kind: 'feed', lines: 1 },
    { kind: 'text', text: `${text('paper.report.checkedBy')} ________________` },
    { kind: 'feed', lines: 3 },
    { kind: 'cut' },
  ];
}

function tallies(
  title: string,
  rows: readonly Tally[],
  heading: readonly PaperKey[],
  text: Text<PaperKey>,
): PrintBlock[] {
  if (rows.length === 0) return [];
  return [
    { kind: 'rule' },
    { kind: 'text', text: title, bold: true },
    {
      kind: 'table',
      columns: [{ share: 2 }, { share: 1, align: 'right' }, { share: 1, align: 'right' }],
      heading: heading.map((key) => text(key)),
      rows: rows.map(({ name, done, failed }) => [name, String(done), String(failed)]),
    },
  ];
}

/** 2026-11-22T09:30:15+08:00 to 11-22 09:30. */
const wallClock = (instant: string): string => instant.slice(5, 16).replace('T', ' ');
