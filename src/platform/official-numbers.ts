import type { Database } from 'better-sqlite3';

/** China keeps one time, eight hours ahead of UTC, without summer time. */
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1_000;

/**
 * Gives the next official number of a hall: its code, the day in China and the serial of that day in five digits. No
 * national shape exists (Guangdong: item code, day, four digits; Zhejiang: 21 characters by the platform); this one is
 * digits only, so that it can be typed on a number pad. Call it in the transaction that uses the number.
 */
export function createOfficialNumbers(database: Database): (hallCode: string, at: Date) => string {
  const next = database
    .prepare<[string], number>(
      `INSERT INTO serial (scope, last) VALUES (?, 1) ON CONFLICT (scope) DO UPDATE SET last = last + 1 RETURNING last`,
    )
    .pluck();
  return (hallCode, at) => {
    const day = new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10).replaceAll('-', '');
    const scope = `${hallCode}${day}`;
    const serial = next.get(scope);
    if (serial === undefined) throw new Error('the serial counter returned no row');
    return `${scope}${String(serial).padStart(5, '0')}`;
  };
}

/** Number of one part of an 一件事; `position` counts from 0. */
export function partNumber(officialNumber: string, position: number): string {
  return `${officialNumber}-${String(position + 1).padStart(2, '0')}`;
}
