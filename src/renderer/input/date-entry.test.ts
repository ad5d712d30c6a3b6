import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateEntry } from './date-entry.ts';
import { addDigit, currentPart, dateText, emptyDate, finishDate, parseDate, removeDigit } from './date-entry.ts';

function type(digits: string, from: DateEntry = emptyDate): DateEntry {
  return digits.split('').reduce(addDigit, from);
}

describe('typing a date', () => {
  it('moves from year to month to day by itself', () => {
    expect(currentPart(type('195'))).toBe('year');
    expect(currentPart(type('1950'))).toBe('month');
    expect(currentPart(type('195010'))).toBe('day');
    expect(dateText(type('19501001'))).toBe('1950-10-01');
  });

  it('adds the zero where one digit can mean only one thing', () => {
    expect(dateText(type('195057'))).toBe('1950-05-07');
    expect(dateText(type('19501231'))).toBe('1950-12-31');
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

  it('reads its own text back, whole or half typed', () => {
    for (const typed of ['', '1', '1950', '19501', '195010', '1950101', '19501012']) {
      expect(parseDate(dateText(type(typed)))).toEqual(type(typed));
    }
    expect(dateText(emptyDate)).toBe('');
    expect(dateText(type('1950101'))).toBe('1950-10-1');
  });

  it('completes a lone digit of the day when the person says that is all', () => {
    expect(finishDate('1950-10-1')).toBe('1950-10-01');
    expect(finishDate('1950-10-0')).toBe('1950-10-0');
    expect(finishDate('1950-1')).toBe('1950-1');
    expect(finishDate('')).toBe('');
  });

  it('accepts every real date typed with all its digits', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          expect(dateText(type(iso.replaceAll('-', '')))).toBe(iso);
        },
      ),
    );
  });
});
