import { useEffect, useRef, useState } from 'react';
import { TICK_MS } from '../limits.ts';

/**
 * Whole seconds left of a span of milliseconds; calls `onOver` once at its end. `undefined` as the span: no countdown.
 */
export function useCountdown(span: number | undefined, onOver: () => void): number | undefined {
  const [left, setLeft] = useState<number>();
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  }, [onOver]);
  useEffect(() => {
    if (span === undefined) return undefined;
    const start = performance.now();
    setLeft(Math.ceil(span / 1_000));
    const timer = setInterval(() => {
      const rest = span - (performance.now() - start);
      setLeft(Math.max(0, Math.ceil(rest / 1_000)));
      if (rest > 0) return;
      clearInterval(timer);
      over.current();
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      setLeft(undefined);
    };
  }, [span]);
  return left;
}
