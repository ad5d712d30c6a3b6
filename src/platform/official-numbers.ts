import type { Sql } from './sql.ts';

/** China keeps one time, eight hours ahead of UTC, without summer time. */
export const CHINA_OFFSET_MS = 8 * 60 * 60 * 1_000;

/** YYYY-MM-DD */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Of YYYY-MM-DD. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
}

/**
 * Gives the next official number of a hall: its code, the day in China and the serial of that day in five digits. No
 * national shape exists (Guangdong: item code, day, four digits; Zhejiang: 21 characters by the platform); this one is
 * digits only, so that it can be typed on a number pad. Call it in the transaction that uses the number: other
 * transactions of the same hall wait for its end, so that no number is given twice or left out.
 */
export async function nextOfficialNumber(sql: Sql, hallCode: string, at: Date): Promise<string> {
  const day = chinaDay(at).replaceAll('-', '');
  const scope = `${hallCode}${day}`;
  const last = await countUp(sql, scope, 1);
  return `${scope}${String(last).padStart(5, '0')}`;
}

/**
 * Moves a counter on and tells where it is then. Other transactions of the same counter wait for the end of this one, so that
 * no number is given twice.
 */
export async function countUp(sql: Sql, scope: string, by: number): Promise<number> {
  const row = await sql.get<{ last: number }>(
    `INSERT INTO serial (scope, last) VALUES ($1, $2)
     ON CONFLICT (scope) DO UPDATE SET last = serial.last + excluded.last RETURNING last`,
    [scope, by],
  );
  if (row === undefined) throw new Error('the serial counter returned no row');
  return row.last;
}

/** Number of one part of an 一件事; `position` counts from 0. */
export function partNumber(officialNumber: string, position: number): string {
  return `${officialNumber}-${String(position + 1).padStart(2, '0')}`;
}
