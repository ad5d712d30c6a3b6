import { useEffect, useState } from 'react';
import { kiosk } from '../bridge/kiosk.ts';

/** The presence sensor saw the person go, and not come back since. */
export interface Gone {
  /** By `performance.now`. */
  readonly at: number;
  /** Milliseconds in which they can say that they are there all the same. */
  readonly answer: number;
}

/** What the presence sensor last saw while `watching`. That somebody is there means nothing but that nobody is gone. */
export function usePresence(watching: boolean): Gone | undefined {
  const [gone, setGone] = useState<Gone>();
  useEffect(() => {
    if (!watching) return undefined;
    const stop = kiosk.system.watchPresence(
      (seen) =>
        setGone(seen.person === 'gone' ? { at: performance.now(), answer: seen.secondsLeft * 1_000 } : undefined),
      () => setGone(undefined),
    );
    return () => {
      stop();
      setGone(undefined);
    };
  }, [watching]);
  return gone;
}
