import { describe, expect, it } from 'vitest';
import { BACKLOG_CASES, BACKLOG_DAYS } from '../limits.ts';
import { judgeBacklog } from './backlog.ts';

const now = new Date('2026-11-22T01:30:00Z');
const oldest = '2026-11-14T09:30:00+08:00';

describe('what waits to be sent', () => {
  it.each([
    ['nothing', { cases: 0, oldest: undefined }, undefined, 'fine'],
    ['few cases of today', { cases: 79, oldest: '2026-11-22T09:00:00+08:00' }, { cases: 100 }, 'fine'],
    ['eight of ten cases', { cases: 80, oldest: '2026-11-22T09:00:00+08:00' }, { cases: 100 }, 'filling'],
    ['as many as may', { cases: 100, oldest: '2026-11-22T09:00:00+08:00' }, { cases: 100 }, 'full'],
    ['one case of eight days of ten', { cases: 1, oldest }, { days: 10 }, 'filling'],
    ['one case of eight days of eight', { cases: 1, oldest }, { days: 8 }, 'full'],
    ['one case of eight days of eleven', { cases: 1, oldest }, { days: 11 }, 'fine'],
    ['as many as may where nobody said otherwise', { cases: BACKLOG_CASES, oldest: undefined }, undefined, 'full'],
    [
      'a case from the future, by a clock that was set back',
      { cases: 1, oldest: '2031-01-01T00:00:00+08:00' },
      {},
      'fine',
    ],
  ] as const)('%s', (_what, backlog, bounds, state) => {
    expect(judgeBacklog(backlog, bounds, now)).toMatchObject({ state });
  });

  it('is told in numbers', () => {
    const { detail } = judgeBacklog({ cases: 12, oldest }, { cases: 50 }, now);
    expect(detail).toBe(`12 of 50 cases, the oldest 8 of ${BACKLOG_DAYS} days`);
  });
});
