import type { Sql } from './sql.ts';

/** China keeps one time, eight hours ahead of UTC, without summer time. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1_000;

/**
 * Gives the next official number of a hall: its code, the day in China and the serial of that day in five digits. No
 * national shape exists (Guangdong: item code, day, four digits; Zhejiang: 21 characters by the platform); this one is
 * digits only, so that it can be typed on a number pad. Call it in the transaction that uses the number: other
 * transactions of the same hall wait for its end, so that no number is given twice or left out.
 */
export async function nextOfficialNumber(sql: Sql, hallCode: string, at: Date): Promise<string> {
  const day = new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');
  const scope = `${hallCode}${day}`;
  const row = await sql.get<{ last: number }>(
    `INSERT INTO serial (scope, last) VALUES ($1, 1)
     ON CONFLICT (scope) DO UPDATE SET last = serial.last + 1 RETURNING last`,
    [scope],
  );
  if (row === undefined) throw new Error('the serial counter returned no row');
  return `${scope}${String(row.last).padStart(5, '0')}`;
}

/** Number of one part of an 一件事; `position` counts from 0. */
export function partNumber(officialNumber: string, position: number): string {
  return `${officialNumber}-${String(position + 1).padStart(2, '0')}`;
}
