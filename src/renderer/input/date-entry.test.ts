import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateEntry } from './date-entry.ts';
import { addDigit, currentPart, dateValue, emptyDate, parseDate, removeDigit } from './date-entry.ts';

function type(digits: string, from: DateEntry = emptyDate): DateEntry {
  return [...digits].reduce(addDigit, from);
}

describe('typing a date', () => {
  it('moves from year to month to day by itself', () => {
    expect(currentPart(type('195'))).toBe('year');
    expect(currentPart(type('1950'))).toBe('month');
    expect(currentPart(type('195010'))).toBe('day');
    expect(dateValue(type('19501001'))).toBe('1950-10-01');
  });

  it('adds the zero where one digit can mean only one thing', () => {
    expect(dateValue(type('195057'))).toBe('1950-05-07');
    expect(dateValue(type('19501231'))).toBe('1950-12-31');
  });

  it('does not take a month 13, a day 32 or a year of another age', () => {
    expect(type('19501').month).toBe('1');
    expect(type('195013').month).toBe('1');
    expect(type('1950100').day).toBe('0');
    expect(type('19501000').day).toBe('0');
    expect(type('19501032').day).toBe('3');
    expect(type('9')).toEqual(emptyDate);
  });

  it('goes back over the parts and stops when nothing is left', () => {
    let entry = type('19501001');
    for (let step = 0; step < 5; step += 1) entry = removeDigit(entry);
    expect(entry).toEqual({ year: '195', month: '', day: '' });
    for (let step = 0; step < 5; step += 1) entry = removeDigit(entry);
    expect(entry).toEqual(emptyDate);
  });

  it('has no value until it is whole, and reads its own value back', () => {
    expect(dateValue(type('1950100'))).toBe('');
    expect(parseDate('1950-10-01')).toEqual(type('19501001'));
    expect(parseDate('1950-1-1')).toEqual(emptyDate);
  });

  it('accepts every real date typed with all its digits', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          expect(dateValue(type(iso.replaceAll('-', '')))).toBe(iso);
        },
      ),
    );
  });
});
