/** A date being typed: only the digits of each part, filled from the left. A part is done when it has all its digits. */
export interface DateEntry {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}
export type DatePart = keyof DateEntry;

export const emptyDate: DateEntry = { year: '', month: '', day: '' };

/** The part the next digit goes to, or undefined when the date is full. */
export function currentPart(entry: DateEntry): DatePart | undefined {
  if (entry.year.length < 4) return 'year';
  if (entry.month.length < 2) return 'month';
  return entry.day.length < 2 ? 'day' : undefined;
}

/**
 * Adds a digit. Where one digit can only mean one thing the zero before it is added, so that 5 for May need not be typed
 * as 05; a digit that cannot be there (a month 13, a day 32) is not taken.
 */
export function addDigit(entry: DateEntry, digit: string): DateEntry {
  switch (currentPart(entry)) {
    case undefined:
      return entry;
    case 'year':
      return entry.year === '' && !/[12]/.test(digit) ? entry : { ...entry, year: entry.year + digit };
    case 'month':
      return { ...entry, month: complete(entry.month, digit, 12) };
    case 'day':
      return { ...entry, day: complete(entry.day, digit, 31) };
  }
}

export function removeDigit(entry: DateEntry): DateEntry {
  if (entry.day !== '') return { ...entry, day: entry.day.slice(0, -1) };
  if (entry.month !== '') return { ...entry, month: entry.month.slice(0, -1) };
  return { ...entry, year: entry.year.slice(0, -1) };
}

/** YYYY-MM-DD when all parts are there (29 February of an ordinary year included: whoever checks the value says why), else ''. */
export function dateValue(entry: DateEntry): string {
  return currentPart(entry) === undefined ? `${entry.year}-${entry.month}-${entry.day}` : '';
}

export function parseDate(value: string): DateEntry {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return year !== undefined && month !== undefined && day !== undefined ? { year, month, day } : emptyDate;
}

function complete(part: string, digit: string, most: number): string {
  if (part === '') return Number(digit) * 10 > most ? `0${digit}` : digit;
  const both = Number(part + digit);
  return both >= 1 && both <= most ? part + digit : part;
}
