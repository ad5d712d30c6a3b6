import { useCallback, useEffect, useState } from 'react';
import type { CardEvent } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import type { CallFault } from '../visit-context.tsx';

const WAITING: CardEvent = { kind: 'waiting' };

/** The reader's story, from "lay your card down" to a person or a failure. Leaving the page stops the reader. */
export function useCard(fail: (fault: CallFault) => void): { event: CardEvent; readAgain: () => void } {
  const [event, setEvent] = useState<CardEvent>(WAITING);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let finished = false;
    return kiosk.session.watchCard(
      (next) => {
        finished = next.kind === 'identified' || next.kind === 'failed';
        setEvent(next);
      },
      (error) => {
        if (error) fail(error);
        // A stream that ends without a result: core lost the reader's process and has not said why.
        else if (!finished) setEvent({ kind: 'failed', reason: 'reader-silent', again: true });
      },
    );
    // `attempt` opens the stream anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [attempt, fail]);
  const readAgain = useCallback(() => {
    setEvent(WAITING);
    setAttempt((count) => count + 1);
  }, []);
  return { event, readAgain };
}
