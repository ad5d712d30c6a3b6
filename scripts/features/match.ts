import type { ReportedTest } from '../testing/reports.ts';

/** One row of docs/features.md. */
export type FeatureRow = {
  readonly id: string;
  /** The heading it stands under. */
  readonly group: string;
  /** Whether the product is not the product without it. */
  readonly star: boolean;
  readonly text: string;
};

export type MatchedRow = {
  readonly row: FeatureRow;
  /** Titles of the tests that carry the row's id. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
};

const tableRow = /^\| ([A-Z]-\d+) \|([^|]*)\| (.+) \|$/;
const bracket = /\[([A-Z]-\d+(?:[\s,]+[A-Z]-\d+)*)\]/g;

/**
 * The rows of the feature list.
 *
 * @throws when an id is there twice
 */
export function readRows(markdown: string): FeatureRow[] {
  const rows = new Map<string, FeatureRow>();
  let group = '';
  for (const line of markdown.split('\n')) {
    group = /^## (.+)$/.exec(line)?.[1] ?? group;
    const [, id, star = '', text = ''] = tableRow.exec(line) ?? [];
    if (id === undefined) continue;
    if (rows.has(id)) throw new Error(`docs/features.md has ${id} twice`);
    rows.set(id, { id, group, star: star.trim() === '★', text: text.trim() });
  }
  return [...rows.values()];
}

/** The ids in a title: `[C-11]`, or several as `[C-11, P-05]` or `[C-11] [P-05]`. */
export function idsOf(title: string): string[] {
  return [...title.matchAll(bracket)].flatMap((match) => (match[1] ?? '').split(/[\s,]+/));
}

export function matchTests(rows: readonly FeatureRow[], tests: readonly ReportedTest[]): MatchedRow[] {
  return rows.map((row) => {
    const own = tests.filter(({ title }) => idsOf(title).includes(row.id));
    const titles = (outcome: ReportedTest['outcome']): string[] =>
      own.filter((test) => test.outcome === outcome).map(({ title }) => title);
    return { row, passed: titles('passed'), failed: titles('failed') };
  });
}

/** Ids in titles that no row has. */
export function unknownIds(
  rows: readonly FeatureRow[],
  tests: readonly ReportedTest[],
): { id: string; title: string }[] {
  const known = new Set(rows.map(({ id }) => id));
  return tests.flatMap(({ title }) =>
    idsOf(title)
      .filter((id) => !known.has(id))
      .map((id) => ({ id, title })),
  );
}
