import type { DriverOf } from '../../src/devices/driver.ts';
import { HidPosScanner } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedScanner } from './simulator.ts';

/** Code scanners on USB that send reports of the HID usage page for bar code scanners. */
export const driver: DriverOf<'code-reader'> = {
  name: 'hid-pos-scanner',
  class: 'code-reader',
  profiles: profileNames,
  create: (profile, context) => new HidPosScanner(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedScanner(profileNamed(profile), context),
  actions: () => action,
};
