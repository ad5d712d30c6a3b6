import { describe, expect, it } from 'vitest';
import { formatClock, formatMoment } from './clock.ts';

describe('time at the hall', () => {
  it('is the time of the hall, not of the zone the computer is set to', () => {
    const moment = new Date('2026-11-21T17:05:00Z');
    expect(formatClock(moment, 'zh-CN')).toEqual({ time: '01:05', date: '2026年11月22日星期日' });
    expect(formatClock(moment, 'en').time).toBe('01:05');
  });

  it('shows midnight as 00:00', () => {
    expect(formatClock(new Date('2026-11-22T00:00:00+08:00'), 'zh-CN').time).toBe('00:00');
  });

  it('tells when a case was handed in, whatever offset the record has', () => {
    expect(formatMoment('2026-11-22T09:30:00+08:00', 'zh-CN')).toBe(formatMoment('2026-11-22T01:30:00Z', 'zh-CN'));
    expect(formatMoment('2026-11-22T01:30:00Z', 'zh-CN')).toContain('09:30');
  });
});
