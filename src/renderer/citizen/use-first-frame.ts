import { useEffect } from 'react';
import { kiosk } from '../bridge/kiosk.ts';

/** Tells the shell when the first frame with these pages in it has been drawn. */
export function useFirstFrame(): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      // A frame's own work follows its callbacks; the next task finds it done.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => kiosk.shell.drawn(), { once: true });
      port1.start();
      port2.postMessage(undefined);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}
