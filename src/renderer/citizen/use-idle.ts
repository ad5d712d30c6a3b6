import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { TICK_MS } from '../limits.ts';
import { idlePhase } from './idle.ts';
import type { Absence, IdlePhase } from './idle.ts';
import type { Gone } from './use-presence.ts';

export interface Idle {
  readonly phase: IdlePhase;
  /** The person answered: the time starts anew. */
  readonly moreTime: () => void;
  readonly keepAwake: () => () => void;
}

const ACTIVE: IdlePhase = { phase: 'active' };

/**
 * Watches for touches and keys while `watching`, and calls `onOver` once when the person is gone. A touch says more than the
 * presence sensor, which does not see everybody who sits.
 */
export function useIdle(watching: boolean, gone: Gone | undefined, onOver: () => void): Idle {
  const [phase, setPhase] = useState<IdlePhase>(ACTIVE);
  const last = useRef(0);
  const touchedAt = useRef(0);
  const holders = useRef(0);
  /** When the machine last worked for the person. */
  const released = useRef(0);
  const over = useEffectEvent(onOver);
  const phaseNow = useEffectEvent(() => {
    const now = performance.now();
    const absence: Absence | undefined =
      gone && gone.at > touchedAt.current
        ? { since: now - Math.max(gone.at, released.current), answer: gone.answer }
        : undefined;
    return idlePhase(now - last.current, absence);
  });

  const moreTime = useCallback(() => {
    last.current = touchedAt.current = performance.now();
    setPhase(ACTIVE);
  }, []);

  useEffect(() => {
    if (!watching) return undefined;
    last.current = performance.now();
    // Once the question is on the screen only its buttons count, so that it does not vanish under the finger.
    const touched = () => {
      if (phaseNow().phase === 'active') last.current = touchedAt.current = performance.now();
    };
    const tick = () => {
      if (holders.current > 0) last.current = released.current = performance.now();
      const next = phaseNow();
      setPhase((old) => (sameIdle(old, next) ? old : next));
      if (next.phase === 'over') {
        last.current = touchedAt.current = performance.now();
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
      last.current = released.current = performance.now();
    };
  }, []);

  return { phase, moreTime, keepAwake };
}

function sameIdle(one: IdlePhase, other: IdlePhase): boolean {
  if (one.phase === 'warning' && other.phase === 'warning') return one.secondsLeft === other.secondsLeft;
  return one.phase === other.phase;
}
