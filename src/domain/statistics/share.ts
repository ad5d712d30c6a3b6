import type { Target } from './targets.ts';

/** A figure as the two whole numbers it is made of, so that it stays exact however often it is added up and shown. */
export interface Share {
  readonly part: number;
  /** 0 when there was nothing to count: then the figure has no value, neither good nor bad. */
  readonly whole: number;
}

export function shareOf<T>(all: readonly T[], counts: (one: T) => boolean): Share {
  return { part: all.filter(counts).length, whole: all.length };
}

/** What the two numbers are to be read as: a share of a hundred, or so many for each. */
export type ShareUnit = 'percent' | 'each';

/** The value with two decimals, half away from zero; a dash when there was nothing to count. */
export function written({ part, whole }: Share, unit: ShareUnit): string {
  if (whole === 0) return '–';
  const scale = unit === 'percent' ? 10_000 : 100;
  const hundredths = Math.floor((2 * Math.abs(part) * scale + whole) / (2 * whole));
  const sign = part < 0 && hundredths > 0 ? '-' : '';
  const decimals = String(hundredths % 100).padStart(2, '0');
  return `${sign}${Math.floor(hundredths / 100)}.${decimals}${unit === 'percent' ? ' %' : ''}`;
}

/** Whether a figure keeps to a target, by the whole numbers and not by what is shown; nothing when there is no value. */
export function meets({ part, whole }: Share, { atLeast, atMost, unit }: Target): boolean | undefined {
  if (whole === 0) return undefined;
  const value = unit === 'percent' ? part * 100 : part;
  return (atLeast === undefined || value >= atLeast * whole) && (atMost === undefined || value <= atMost * whole);
}
