import { useEffect, useState } from 'react';
import { kiosk } from '../../bridge/kiosk.ts';
import { follow, nothing } from './trial.ts';
import type { Trial } from './trial.ts';

/** Tries the device at once; leaving the page ends the test. */
export function useTrial(id: string): Trial {
  const [trial, setTrial] = useState(nothing);
  useEffect(
    () =>
      kiosk.staff.diagnose(
        (event) => setTrial((before) => follow(before, event)),
        () => setTrial((before) => ({ ...before, now: undefined, result: before.result ?? 'broken' })),
        { id },
      ),
    [id],
  );
  return trial;
}
