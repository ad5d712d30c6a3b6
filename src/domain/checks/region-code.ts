import { z } from 'zod';
import type { Day } from '../calendar/day.ts';
import { done, refused, type Result } from '../result.ts';
import { compact, ok, stop, warn, type Verdict } from './verdict.ts';

const line = z.string().trim().min(1);

const regionTable = z.strictObject({
  /** Where the list comes from and the day it describes. */
  source: line,
  asOf: z.iso.date(),
  /** The level down to which the list names every region. */
  completeTo: z.enum(['province', 'prefecture', 'county']),
  regions: z
    .array(
      z.strictObject({
        /** Six digits after GB/T 2260. */
        code: z.string().regex(/^[1-9]\d{5}$/),
        name: line,
        /** The first day on which the code no longer held. */
        retiredOn: z.iso.date().optional(),
      }),
    )
    .min(1),
});

/** A list of 行政区划代码, by code. */
export interface RegionTable {
  readonly completeTo: 'province' | 'prefecture' | 'county';
  readonly regions: ReadonlyMap<string, { readonly name: string; readonly retiredOn?: Day | undefined }>;
}

/**
 * - `malformed`: not a table at all.
 * - `twice`: a code is listed twice.
 * - `orphan`: a region lies in a province that the list lacks.
 */
export type RegionTableProblem = 'malformed' | 'twice' | 'orphan';

/** Reads a region list, as it comes out of a file. The list is data: codes change every year. */
export function readRegionTable(data: unknown): Result<RegionTable, RegionTableProblem> {
  const parsed = regionTable.safeParse(data);
  if (!parsed.success) return refused('malformed', z.prettifyError(parsed.error));
  const { completeTo, regions: list } = parsed.data;
  const regions = new Map(list.map(({ code, name, retiredOn }) => [code, { name, retiredOn }]));
  if (regions.size < list.length) return refused('twice');
  for (const code of regions.keys()) {
    if (!regions.has(`${code.slice(0, 2)}0000`)) return refused('orphan', code);
  }
  return done({ completeTo, regions });
}

/**
 * - `unknown`: not in the list, which should have it: newer than the list, or mistyped.
 * - `retired`: no longer holds; documents keep it.
 */
export type RegionCodeWarning = 'unknown' | 'retired';

/**
 * Checks a 行政区划代码: six digits after GB/T 2260, nine (with the township, as in GB/T 39046-2020) or twelve (with the
 * village, or padded with zeros as platforms do). Townships and villages are not looked up. The code of a document is
 * never refused for not being listed (《行政区划代码管理办法》 makes the ministry's list the source, and lists change).
 *
 * @param today at the hall
 */
export function checkRegionCode(
  table: RegionTable,
  input: string,
  today: Day,
): Verdict<RegionCodeWarning, 'malformed'> {
  const value = compact(input);
  if (!/^[1-9]\d{5}(?:\d{3}){0,2}$/.test(value)) return stop('malformed');
  const code = value.slice(0, 6);
  const found = table.regions.get(code);
  if (found) return found.retiredOn !== undefined && found.retiredOn <= today ? warn(value, 'retired') : ok(value);
  return isCovered(table, code) ? warn(value, 'unknown') : ok(value);
}

/** Whether the list would name this code, or its province, if it existed. */
function isCovered({ completeTo, regions }: RegionTable, code: string): boolean {
  if (!regions.has(`${code.slice(0, 2)}0000`)) return true;
  return completeTo === 'county' || (completeTo === 'prefecture' && code.endsWith('00'));
}
