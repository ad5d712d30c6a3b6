import { useEffect, useState } from 'react';
import type { StatusView } from '../../contract/visit-view.ts';
import { kiosk } from '../bridge/kiosk.ts';
import { STATUS_RETRY_MS } from '../limits.ts';

/** What works now, at once and at every change. A stream that ends is opened again: core may have been restarted. */
export function useStatus(): StatusView | undefined {
  const [status, setStatus] = useState<StatusView>();
  useEffect(() => {
    let stop = () => {};
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      stop = kiosk.system.watchStatus(setStatus, () => {
        setStatus(undefined);
        retry = setTimeout(open, STATUS_RETRY_MS);
      });
    };
    open();
    return () => {
      clearTimeout(retry);
      stop();
    };
  }, []);
  return status;
}
