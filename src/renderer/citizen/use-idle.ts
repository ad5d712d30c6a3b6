import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { TICK_MS } from '../limits.ts';
import { idlePhase } from './idle.ts';
import type { IdlePhase } from './idle.ts';

export interface Idle {
  readonly phase: IdlePhase;
  /** The person answered: the time starts anew. */
  readonly moreTime: () => void;
  readonly keepAwake: () => () => void;
}

const ACTIVE: IdlePhase = { phase: 'active' };

/** Watches for touches and keys while `watching`, and calls `onOver` once when the person is gone. */
export function useIdle(watching: boolean, onOver: () => void): Idle {
  const [phase, setPhase] = useState<IdlePhase>(ACTIVE);
  const last = useRef(0);
  const holders = useRef(0);
  const over = useEffectEvent(onOver);

  const moreTime = useCallback(() => {
    last.current = performance.now();
    setPhase(ACTIVE);
  }, []);

  useEffect(() => {
    if (!watching) return undefined;
    last.current = performance.now();
    // Once the question is on the screen only its buttons count, so that it does not vanish under the finger.
    const touched = () => {
      if (idlePhase(performance.now() - last.current).phase === 'active') last.current = performance.now();
    };
    const tick = () => {
      if (holders.current > 0) last.current = performance.now();
      const next = idlePhase(performance.now() - last.current);
      setPhase((old) => (sameIdle(old, next) ? old : next));
      if (next.phase === 'over') {
        last.current = performance.now();
        over();
      }
    };
    const timer = setInterval(tick, TICK_MS);
    const events = ['pointerdown', 'pointerup', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touched, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const event of events) window.removeEventListener(event, touched, { capture: true });
      setPhase(ACTIVE);
    };
  }, [watching]);

  const keepAwake = useCallback(() => {
    holders.current += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      holders.current -= 1;
      last.current = performance.now();
    };
  }, []);

  return { phase, moreTime, keepAwake };
}

function sameIdle(one: IdlePhase, other: IdlePhase): boolean {
  if (one.phase === 'warning' && other.phase === 'warning') return one.secondsLeft === other.secondsLeft;
  return one.phase === other.phase;
}
