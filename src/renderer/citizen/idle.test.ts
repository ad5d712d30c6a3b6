import { describe, expect, it } from 'vitest';
import { GONE_BEFORE_WARNING_MS, IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS } from '../limits.ts';
import { idlePhase } from './idle.ts';

describe('idle rule', () => {
  it('stays calm until the warning is due', () => {
    expect(idlePhase(0)).toEqual({ phase: 'active' });
    expect(idlePhase(IDLE_BEFORE_WARNING_MS - 1)).toEqual({ phase: 'active' });
  });

  it('warns for at least 20 seconds, counting down in whole seconds to 1', () => {
    expect(IDLE_WARNING_MS).toBeGreaterThanOrEqual(20_000);
    expect(idlePhase(IDLE_BEFORE_WARNING_MS)).toEqual({ phase: 'warning', secondsLeft: IDLE_WARNING_MS / 1_000 });
    expect(idlePhase(IDLE_BEFORE_WARNING_MS + IDLE_WARNING_MS - 1)).toEqual({ phase: 'warning', secondsLeft: 1 });
  });

  it('is over when the countdown is', () => {
    expect(idlePhase(IDLE_BEFORE_WARNING_MS + IDLE_WARNING_MS)).toEqual({ phase: 'over' });
    expect(idlePhase(Number.MAX_SAFE_INTEGER)).toEqual({ phase: 'over' });
  });
});

describe('when the sensor saw the person go', () => {
  const answer = 20_000;
  const goneFor = (since: number, quiet = 0) => idlePhase(quiet, { since, answer });

  it('asks after a moment, and is over when nobody answers', () => {
    expect(goneFor(GONE_BEFORE_WARNING_MS - 1)).toEqual({ phase: 'active' });
    expect(goneFor(GONE_BEFORE_WARNING_MS)).toEqual({ phase: 'warning', secondsLeft: 20 });
    expect(goneFor(GONE_BEFORE_WARNING_MS + answer - 1)).toEqual({ phase: 'warning', secondsLeft: 1 });
    expect(goneFor(GONE_BEFORE_WARNING_MS + answer)).toEqual({ phase: 'over' });
  });

  it('never gives more time than the touch rule alone', () => {
    const nearlyOver = IDLE_BEFORE_WARNING_MS + IDLE_WARNING_MS - 1;
    expect(goneFor(0, nearlyOver)).toEqual({ phase: 'warning', secondsLeft: 1 });
    expect(goneFor(GONE_BEFORE_WARNING_MS, nearlyOver)).toEqual({ phase: 'warning', secondsLeft: 1 });
    expect(goneFor(0, nearlyOver + 1)).toEqual({ phase: 'over' });
  });
});
