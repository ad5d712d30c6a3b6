import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { CameraWish } from '../../../domain/camera-choice.ts';
import { kiosk } from '../../bridge/kiosk.ts';
import { closeCamera, openCamera } from './camera.ts';

type CameraState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly stream: MediaStream }
  | { readonly kind: 'failed' };

/** A camera that runs while `wanted`, and never longer: leaving the page or the live view closes it. */
export function useCamera(
  wanted: boolean,
  wish: CameraWish | undefined,
): { readonly camera: CameraState; readonly retry: () => void } {
  const [attempt, setAttempt] = useState(1);
  const [outcome, setOutcome] = useState<{ readonly attempt: number; readonly camera: CameraState }>();
  const wished = useEffectEvent(() => wish);
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    let open: MediaStream | undefined;
    const failed = () => {
      if (left) return;
      setOutcome({ attempt, camera: { kind: 'failed' } });
      void kiosk.system.reportFault({ code: 'camera-failed' });
    };
    void openCamera(kiosk.shell.armCamera, navigator.mediaDevices, wished()).then((result) => {
      if (!result.ok) return failed();
      if (left) return closeCamera(result.value);
      open = result.value;
      // Unplugged while it shows.
      for (const track of open.getTracks()) track.addEventListener('ended', failed);
      return setOutcome({ attempt, camera: { kind: 'on', stream: open } });
    });
    return () => {
      left = true;
      if (open) closeCamera(open);
      setOutcome(undefined);
    };
  }, [wanted, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  if (!wanted) return { camera: { kind: 'off' }, retry };
  return { camera: outcome?.attempt === attempt ? outcome.camera : { kind: 'starting' }, retry };
}
