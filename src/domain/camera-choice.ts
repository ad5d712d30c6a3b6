import { done, refused } from './result.ts';
import type { Result } from './result.ts';

/**
 * Which of several cameras is the one above the table. A stand often has two or three, and one of them looks at the person:
 * a page must never open the wrong one and hope.
 */
export interface CameraWish {
  /** Vendor and product in hexadecimal, such as `05a3:9422`. Survives a wiped browser profile, which a device id does not. */
  readonly usb?: string | undefined;
  /** Part of the name, where two cameras of a stand share their ids. Case does not matter. */
  readonly label?: string | undefined;
}

/** As `enumerateDevices` lists it. Names and ids are empty until the page may use a camera. */
export interface ListedDevice {
  readonly kind: string;
  readonly deviceId: string;
  readonly label: string;
}

export type CameraProblem =
  | 'no-camera'
  /** There are cameras, and none is the one that is wished for. */
  | 'not-there'
  /** More than one fits, or nothing was wished for and there is more than one. */
  | 'ambiguous'
  /** The list was made before the page was allowed to see it. */
  | 'hidden';

/** The device id to ask for exactly. */
export function chooseCamera(listed: readonly ListedDevice[], wish: CameraWish): Result<string, CameraProblem> {
  const cameras = listed.filter(({ kind }) => kind === 'videoinput');
  if (cameras.length === 0) return refused('no-camera');
  if (cameras.some(({ deviceId }) => deviceId === '')) return refused('hidden');
  const [fit, ...others] = cameras.filter(({ label }) => fits(label, wish));
  if (!fit) return refused('not-there');
  return others.length === 0 ? done(fit.deviceId) : refused('ambiguous');
}

/** Chromium puts the ids of a USB camera behind its name: `HD Camera (05a3:9422)`. */
function fits(label: string, { usb, label: part }: CameraWish): boolean {
  const name = label.toLowerCase();
  return (usb === undefined || name.endsWith(`(${usb.toLowerCase()})`)) && name.includes((part ?? '').toLowerCase());
}
