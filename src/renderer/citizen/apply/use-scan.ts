import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { ScanEvent } from '../../../contract/scan-view.ts';
import type { ScanSource } from '../../../domain/document-scan.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { useVisit } from '../visit-context.tsx';

type PageCame = Extract<ScanEvent, { readonly kind: 'page' }>;
type ScanState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'scanning' }
  | { readonly kind: 'failed'; readonly reason: Extract<ScanEvent, { readonly kind: 'failed' }>['reason'] };

/** One scan at a time, which ends with the page: leaving cancels it at the device. */
export function useScan(
  material: string,
  on: { readonly onPage: (page: PageCame) => void; readonly onFinished: () => void },
): { readonly state: ScanState; readonly start: (source: ScanSource) => void; readonly stop: () => void } {
  const { fail } = useVisit();
  const [state, setState] = useState<ScanState>({ kind: 'ready' });
  const came = useEffectEvent(on.onPage);
  const finished = useEffectEvent(on.onFinished);
  const failed = useEffectEvent(fail);
  const [job, setJob] = useState<ScanSource>();
  useEffect(() => {
    if (job === undefined) return undefined;
    let over = false;
    const end = (next: ScanState) => {
      over = true;
      setState(next);
      setJob(undefined);
    };
    return kiosk.application.scan(
      (event) => {
        if (event.kind === 'page') return came(event);
        if (event.kind === 'failed') return end({ kind: 'failed', reason: event.reason });
        end({ kind: 'ready' });
        return finished();
      },
      (error) => {
        if (error) failed(error);
        else if (!over) end({ kind: 'failed', reason: 'scanner-fault' });
      },
      { material, source: job },
    );
  }, [job, material]);
  const start = useCallback((source: ScanSource) => {
    setState({ kind: 'scanning' });
    setJob(source);
  }, []);
  const stop = useCallback(() => {
    setState({ kind: 'ready' });
    setJob(undefined);
  }, []);
  return { state, start, stop };
}
