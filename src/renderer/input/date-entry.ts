import { assertNever } from '../../domain/result.ts';

/** A date being typed: only the digits of each part, filled from the left. A part is done when it has all its digits. */
export interface DateEntry {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}
export const dateParts = ['year', 'month', 'day'] as const;
type DatePart = (typeof dateParts)[number];

export const emptyDate: DateEntry = { year: '', month: '', day: '' };

/** The part the next digit goes to, or undefined when the date is full. */
export function currentPart(entry: DateEntry): DatePart | undefined {
  if (entry.year.length < 4) return 'year';
  if (entry.month.length < 2) return 'month';
  return entry.day.length < 2 ? 'day' : undefined;
}

/**
 * Adds a digit. Where one digit can only mean one thing the zero before it is added, so that 5 for May need not be typed
 * as 05; for a digit that cannot be there (a month 13, a day 32) the entry itself is
 * answered, unchanged.
 */
export function addDigit(entry: DateEntry, digit: string): DateEntry {
  const part = currentPart(entry);
  switch (part) {
    case undefined:
      return entry;
    case 'year':
      return entry.year === '' && !/[12]/.test(digit) ? entry : { ...entry, year: entry.year + digit };
    case 'month':
      return withPart(entry, 'month', complete(entry.month, digit, 12));
    case 'day':
      return withPart(entry, 'day', complete(entry.day, digit, 31));
    default:
      return assertNever(part);
  }
}

export function removeDigit(entry: DateEntry): DateEntry {
  if (entry.day !== '') return { ...entry, day: entry.day.slice(0, -1) };
  if (entry.month !== '') return { ...entry, month: entry.month.slice(0, -1) };
  return { ...entry, year: entry.year.slice(0, -1) };
}

/** What is typed so far as text: '' for nothing, YYYY-MM-DD for a whole date, else the parts that are there. */
export function dateText(entry: DateEntry): string {
  const { year, month, day } = entry;
  return year === '' ? '' : [year, month, day].filter((part) => part !== '').join('-');
}

export function parseDate(text: string): DateEntry {
  const [year = '', month = '', day = ''] = text.split('-');
  return { year, month, day };
}

/** The text with the zero before a lone last digit, for somebody who is done after typing 1 for the first of a month. */
export function finishDate(text: string): string {
  const entry = parseDate(text);
  return /^[1-9]$/.test(entry.day) ? dateText({ ...entry, day: `0${entry.day}` }) : text;
}

function complete(part: string, digit: string, most: number): string {
  if (part === '') return Number(digit) * 10 > most ? `0${digit}` : digit;
  const both = Number(part + digit);
  return both >= 1 && both <= most ? part + digit : part;
}

function withPart(entry: DateEntry, part: DatePart, value: string): DateEntry {
  return entry[part] === value ? entry : { ...entry, [part]: value };
}
