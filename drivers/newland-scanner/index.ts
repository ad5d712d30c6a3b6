import type { DriverOf } from '../../src/devices/driver.ts';
import { NewlandScanner } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedScanner } from './simulator.ts';

/** Scan engines of Newland and those that copy their commands. */
export const driver: DriverOf<'code-reader'> = {
  name: 'newland-scanner',
  class: 'code-reader',
  profiles: profileNames,
  create: (profile, context) => new NewlandScanner(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedScanner(profileNamed(profile), context),
  actions: () => action,
};
