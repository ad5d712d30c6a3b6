import { useEffect, useEffectEvent, useState } from 'react';
import { TICK_MS } from '../limits.ts';

/**
 * Whole seconds left of a span of milliseconds; calls `onOver` once at its end. `undefined` as the span: no countdown.
 */
export function useCountdown(span: number | undefined, onOver: () => void): number | undefined {
  const [passed, setPassed] = useState(0);
  const over = useEffectEvent(onOver);
  useEffect(() => {
    if (span === undefined) return undefined;
    const start = performance.now();
    const timer = setInterval(() => {
      const now = performance.now() - start;
      setPassed(now);
      if (now < span) return;
      clearInterval(timer);
      over();
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      setPassed(0);
    };
  }, [span]);
  return span === undefined ? undefined : Math.max(0, Math.ceil((span - passed) / 1_000));
}
