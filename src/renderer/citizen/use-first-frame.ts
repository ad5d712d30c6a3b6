import { useEffect } from 'react';
import { kiosk } from '../bridge/kiosk.ts';

/** Tells the shell when the first frame with these pages in it has been drawn, and declares what that frame did not need. */
export function useFirstFrame(): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      // A frame's own work follows its callbacks; the next task finds it done.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', drawn, { once: true });
      port1.start();
      port2.postMessage(undefined);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
}

function drawn(): void {
  kiosk.shell.drawn();
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  // Named by the build, see `scripts/build/home-fonts.ts`.
  styles.href = document.querySelector<HTMLMetaElement>('meta[name="other-fonts"]')?.content ?? '';
  document.head.append(styles);
}
