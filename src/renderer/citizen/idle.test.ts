import { describe, expect, it } from 'vitest';
import { IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS } from '../limits.ts';
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
