import { useEffect, useEffectEvent, useRef } from 'react';

/**
 * Does what the person asked for once it can be done: the pages are there before core and the devices are, and no press is
 * lost for that. `act` is called once for each time that `asked` becomes true, and never when the page was left before.
 */
export function useWhenReady(asked: boolean, ready: boolean, act: () => void): void {
  const acted = useRef(false);
  const once = useEffectEvent(act);
  useEffect(() => {
    if (!asked) acted.current = false;
    else if (ready && !acted.current) {
      acted.current = true;
      once();
    }
  }, [asked, ready]);
}
