import { describe, expect, it } from 'vitest';
import { CAMERA_ARMED } from './limits.ts';
import { CameraGate, isAllowed } from './permissions.ts';

const ours = 'app://kiosk/index.html';

/** Every permission name that Electron's session documentation lists for requests and checks. */
const everyPermission = [
  'accessibility-events',
  'background-sync',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'payment-handler',
  'pointerLock',
  'screen-wake-lock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'unknown',
  'usb',
  'window-management',
];

function gate() {
  let now = 1_000_000;
  const camera = new CameraGate(() => now);
  return { camera, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('permissions', () => {
  it('denies every permission but the camera, armed or not', () => {
    const { camera } = gate();
    for (const armed of [false, true]) {
      if (armed) camera.arm();
      for (const permission of everyPermission)
        expect(isAllowed(permission, ['video'], ours, camera), permission).toBe(false);
    }
  });

  it('opens the camera only for the moment after it was armed', () => {
    const { camera, pass } = gate();
    expect(isAllowed('media', ['video'], ours, camera)).toBe(false);
    camera.arm();
    expect(isAllowed('media', ['video'], ours, camera)).toBe(true);
    pass(CAMERA_ARMED);
    expect(isAllowed('media', ['video'], ours, camera)).toBe(false);
  });

  it('never opens the microphone, a camera of unnamed kind, or anything for another origin', () => {
    const { camera } = gate();
    camera.arm();
    expect(isAllowed('media', ['audio'], ours, camera)).toBe(false);
    expect(isAllowed('media', ['video', 'audio'], ours, camera)).toBe(false);
    expect(isAllowed('media', [], ours, camera)).toBe(false);
    expect(isAllowed('media', ['video'], 'https://example.com/', camera)).toBe(false);
    expect(isAllowed('media', ['video'], 'app://kiosk.example/', camera)).toBe(false);
  });
});
