import { useEffect, useRef } from 'react';

/**
 * For a button that readies something under the finger: acts when the finger leaves it, a moment before the browser has made a
 * click of that. The click that follows counts as the second strike of the same press, and acts no more.
 */
export function useRelease(ready: (() => void) | undefined, act: () => void) {
  const button = useRef<HTMLButtonElement>(null);
  const isHeld = useRef(false);
  useEffect(() => {
    const element = button.current;
    if (!ready || !element) return undefined;
    const released = ({ target }: PointerEvent) => {
      // Another finger may lift elsewhere on the glass.
      if (isHeld.current && target instanceof Node && element.contains(target)) act();
    };
    // Before the page's own listeners, which go through all of its parts.
    window.addEventListener('pointerup', released, { capture: true });
    return () => window.removeEventListener('pointerup', released, { capture: true });
  });
  if (!ready) return {};
  return {
    ref: button,
    onPressStart: () => {
      isHeld.current = true;
      ready();
    },
    onPressEnd: () => {
      isHeld.current = false;
    },
  };
}
