import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CardEvent } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { READING_SHOWN_AFTER_MS } from '../../limits.ts';
import type { CallFault } from '../visit-context.tsx';

export const WAITING: CardEvent = { kind: 'waiting' };

interface Story {
  readonly attempt: number;
  readonly event: CardEvent;
}

/** The reader's story, from "lay your card down" to a person or a failure. Leaving the page stops the reader. */
export function useCard(fail: (fault: CallFault) => void): { event: CardEvent; readAgain: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [story, setStory] = useState<Story>({ attempt, event: WAITING });
  useEffect(() => {
    let finished = false;
    let shown: ReturnType<typeof setTimeout> | undefined;
    const tell = (event: CardEvent) => {
      clearTimeout(shown);
      // Not at the next turn of the page's own scheduler: somebody waits for it.
      flushSync(() => setStory({ attempt, event }));
    };
    const leave = kiosk.session.watchCard(
      (event) => {
        finished = event.kind === 'identified' || event.kind === 'failed';
        // Drawn at once, it would be gone before anybody had read it, and hold up the name that comes in its place.
        if (event.kind === 'reading') shown = setTimeout(tell, READING_SHOWN_AFTER_MS, event);
        else tell(event);
      },
      (error) => {
        clearTimeout(shown);
        if (error) fail(error);
        // A stream that ends without a result: core lost the reader's process and has not said why.
        else if (!finished) tell({ kind: 'failed', reason: 'reader-silent', again: true });
      },
    );
    return () => {
      clearTimeout(shown);
      leave();
    };
  }, [attempt, fail]);
  const readAgain = useCallback(() => setAttempt((count) => count + 1), []);
  // What the attempt before had to say is over.
  return { event: story.attempt === attempt ? story.event : WAITING, readAgain };
}
