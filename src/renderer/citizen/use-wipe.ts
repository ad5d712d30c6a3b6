import { useCallback, useEffect, useRef, useState } from 'react';
import { kiosk } from '../bridge/kiosk.ts';
import { inSession, isHandedIn } from './visit.ts';
import type { Place } from './visit.ts';

export type EndCause = 'finished' | 'left' | 'idle' | 'fault';

/**
 * The one place that ends a session in core: whenever the pages leave a session, whatever led there, it is wiped. `wiped`
 * is true once core has said so. `nameCause` tells before the place changes why it will; without it the place itself tells
 * whether the visit was finished or left.
 */
export function useWipe(place: Place): { readonly wiped: boolean; readonly nameCause: (cause: EndCause) => void } {
  const [wiped, setWiped] = useState(false);
  const endedBy = useRef<EndCause>(undefined);
  const last = useRef(place);
  useEffect(() => {
    const before = last.current;
    last.current = place;
    if (inSession(before) && !inSession(place)) {
      const cause = endedBy.current ?? (isHandedIn(before) ? 'finished' : 'left');
      void kiosk.session.end({ cause }).then((ended) => setWiped(ended.ok));
    } else if (!inSession(before) && inSession(place)) {
      endedBy.current = undefined;
      setWiped(false);
    }
  }, [place]);
  const nameCause = useCallback((named: EndCause) => {
    endedBy.current = named;
  }, []);
  return { wiped, nameCause };
}
