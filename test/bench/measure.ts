/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly value: number;
  /** The value is to be at most this; with `atLeast`, no less than this. */
  readonly target: number;
  readonly atLeast?: true;
  /** Of the value and the target, where the name does not say it and it is no ratio. */
  readonly unit?: 's';
}

export interface Measured {
  readonly rows: readonly Row[];
  /** Everything the rows were made from, for reports/bench.json. */
  readonly raw: unknown;
}

export interface BenchContext {
  /** A folder of its own, made and removed by the caller. */
  readonly folder: string;
  /** Tells the person at the terminal what goes on. */
  readonly say: (line: string) => void;
}

/** Something the product promises a person, and how it is taken. */
export interface Measure {
  readonly name: string;
  /** What is compared with what, in a sentence or two. */
  readonly explanation: string;
  readonly run: (context: BenchContext) => Promise<Measured>;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that this part of all values does not exceed; between two values, their mean by weight. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error('there is nothing to take a percentile of');
  return below + (above - below) * (place - Math.floor(place));
}
