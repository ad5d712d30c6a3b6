import { useEffect, useEffectEvent } from 'react';

/** Tells once that the first frame with these pages in it has been drawn. */
export function useFirstFrame(onDrawn: () => void): void {
  const drawn = useEffectEvent(onDrawn);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      // A frame's own work follows its callbacks; the next task finds it done.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => drawn(), { once: true });
      port1.start();
      port2.postMessage(undefined);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}
