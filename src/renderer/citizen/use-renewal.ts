import { useEffect } from 'react';
import { kiosk } from '../bridge/kiosk.ts';
import { RENEWAL_LATEST_MS } from '../limits.ts';

/**
 * Each visit has a page to itself: when this one is spent, the shell is asked for a new one, and whatever it still holds
 * of the visit (typed answers, pictures, a heap full of them) ends with its process. `onLate`: none has come.
 */
export function useRenewal(spent: boolean, onLate: () => void): void {
  useEffect(() => {
    if (!spent) return undefined;
    kiosk.shell.renew();
    const timer = setTimeout(onLate, RENEWAL_LATEST_MS);
    return () => clearTimeout(timer);
  }, [spent, onLate]);
}
