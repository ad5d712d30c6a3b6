import { useEffect, useId, useState } from 'react';
import { DOUBLE_STRIKE_MS } from '../limits.ts';
import { createStrikeFilter } from './strike-filter.ts';

const filter = createStrikeFilter(DOUBLE_STRIKE_MS);

/**
 * The press rule of everything that can be pressed: a double strike acts once, and a control that appears under a finger
 * that has just struck (the next page's button at the same place) waits until the finger is calm.
 */
export function usePress(onPress: (() => void) | undefined): { settling: boolean; onPress: () => void } {
  const target = useId();
  const [settling, setSettling] = useState(() => filter.settleTime(performance.now()) > 0);
  useEffect(() => {
    if (!settling) return undefined;
    const timer = setTimeout(() => setSettling(false), filter.settleTime(performance.now()));
    return () => clearTimeout(timer);
  }, [settling]);
  return {
    settling,
    onPress: () => {
      if (filter.accept(target, performance.now())) onPress?.();
    },
  };
}
