import { useEffect, useEffectEvent, useState } from 'react';
import type { ScannerView } from '../../../contract/scan-view.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useVisit } from '../visit-context.tsx';

/** How the document scanner is; nothing until core has said it. Leaving the page puts out the lamp at its slot. */
export function useScanner(): ScannerView | undefined {
  const { fail } = useVisit();
  const [view, setView] = useState<ScannerView>();
  const failed = useEffectEvent(fail);
  useEffect(
    () =>
      kiosk.application.watchScanner(setView, (error) => {
        if (error) failed(error);
      }),
    [],
  );
  return view;
}
