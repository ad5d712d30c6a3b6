import type { DeviceClass } from '../../contract/device-classes.ts';
import type { StatusView } from '../../contract/visit-view.ts';

/** Whether this kiosk has a device of a class that works now. Core tells one that is lent out as `ready` too. */
export function hasDevice(status: StatusView | undefined, kind: DeviceClass): boolean {
  return status?.devices.some(({ class: is, state }) => is === kind && state === 'ready') ?? false;
}
