import { useEffect, useRef } from 'react';
import { STAFF_HOLD_MS } from '../../limits.ts';

/** A finger that stays on something for a while: the way in for staff, which nobody takes by accident. */
export function useHold(onHeld: (() => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const held = timer;
    return () => clearTimeout(held.current);
  }, []);
  if (!onHeld) return {};
  const stop = () => clearTimeout(timer.current);
  return {
    onPointerDown: () => {
      stop();
      timer.current = setTimeout(onHeld, STAFF_HOLD_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
  };
}
