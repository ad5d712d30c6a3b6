import type { Session } from 'electron';
import { isAppUrl } from './app-scheme.ts';
import { CAMERA_ARMED } from './limits.ts';

/** Lets the page ask for the camera for one moment after it said so; see {@link CAMERA_ARMED}. */
export class CameraGate {
  #armedUntil = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  arm(): void {
    this.#armedUntil = this.#now() + CAMERA_ARMED;
  }

  isOpen(): boolean {
    return this.#now() < this.#armedUntil;
  }
}

/** The whole permission table: the camera, for our own page, without sound, while armed. Everything else is denied. */
export function isAllowed(permission: string, media: readonly string[], origin: string, camera: CameraGate): boolean {
  return (
    permission === 'media' &&
    media.length > 0 &&
    media.every((kind) => kind === 'video') &&
    isAppUrl(origin) &&
    camera.isOpen()
  );
}

/** Denies by default whatever a page can ask the browser for, in requests and in checks. */
export function denyByDefault(session: Session, camera: CameraGate, onRefused: (permission: string) => void): void {
  const decide = (permission: string, media: readonly string[], origin: string) => {
    const allowed = isAllowed(permission, media, origin, camera);
    if (!allowed) onRefused(permission);
    return allowed;
  };
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(decide(permission, media, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    // Chromium also checks while it lists devices, with no kind named: only the request above opens a camera.
    return decide(permission, details.mediaType ? [details.mediaType] : [], origin);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.on('will-download', (event) => {
    event.preventDefault();
    onRefused('download');
  });
  session.webRequest.onBeforeRequest((details, callback) => {
    const { protocol } = new URL(details.url);
    const local = isAppUrl(details.url) || protocol === 'blob:' || protocol === 'data:';
    if (!local) onRefused(`request:${protocol}`);
    callback({ cancel: !local });
  });
}
