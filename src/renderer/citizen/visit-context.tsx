import { createContext, useContext, useEffect } from 'react';
import type { HallView, StatusView } from '../../contract/visit-view.ts';
import type { Place, VisitEvent } from './visit.ts';

/** An answer of core that no page has words of its own for. */
export interface CallFault {
  readonly code: string;
}

export interface Visit {
  readonly place: Place;
  readonly send: (event: VisitEvent) => void;
  /** Ends the visit: core wipes its session, the page everything it shows. */
  readonly end: (cause: 'finished' | 'left') => void;
  /** Core has confirmed that nothing is left of the last visit. */
  readonly wiped: boolean;
  /**
   * For an error that the page cannot turn into words of its own (session gone, core restarting): the visit ends, and
   * the person reads what has happened and what to do.
   */
  readonly fail: (fault: CallFault) => void;
  /** Keeps the idle rule quiet while the machine works for the person; returns the function that releases it. */
  readonly keepAwake: () => () => void;
  /** What works now; absent until core has said it. */
  readonly status: StatusView | undefined;
  /** Name, hours and phone; the shell knows them before core does. Absent when the configuration cannot be read. */
  readonly hall: HallView | undefined;
}

const VisitContext = createContext<Visit | undefined>(undefined);
export const VisitProvider = VisitContext.Provider;

export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (!visit) throw new Error('no VisitProvider above');
  return visit;
}

/** Nobody is asked "are you still there" while `working` is true: the person waits for the machine. */
export function useKeepAwake(working: boolean): void {
  const { keepAwake } = useVisit();
  useEffect(() => (working ? keepAwake() : undefined), [working, keepAwake]);
}
