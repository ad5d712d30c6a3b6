import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { ShownCode } from '../../../contract/visit-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { hasDevice } from '../has-device.ts';
import { useVisit } from '../visit-context.tsx';

type Refusal = Extract<ShownCode, { readonly kind: 'refused' }>['reason'];

export interface ShownCodes {
  /** This kiosk has a code reader that works. */
  readonly readable: boolean;
  /** What was wrong with the code that was shown last. */
  readonly refusal: Refusal | undefined;
  readonly forget: () => void;
}

/** Watches the code reader while `waiting`, and gives what a receipt has on it. Nothing else that is shown goes any further. */
export function useShownCode(waiting: boolean, onNumber: (number: string) => void): ShownCodes {
  const { status } = useVisit();
  const readable = hasDevice(status, 'code-reader');
  const [refusal, setRefusal] = useState<Refusal>();
  const shown = useEffectEvent((code: ShownCode) => {
    setRefusal(code.kind === 'refused' ? code.reason : undefined);
    if (code.kind === 'number') onNumber(code.number);
  });
  useEffect(() => {
    if (!waiting || !readable) return undefined;
    // A reader that goes away shows in the status, and typing goes on without it.
    return kiosk.progress.watchCode(shown, () => {});
  }, [waiting, readable]);
  const forget = useCallback(() => setRefusal(undefined), []);
  return { readable, refusal, forget };
}
