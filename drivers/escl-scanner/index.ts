import type { DriverOf } from '../../src/devices/driver.ts';
import { EsclScanner } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedScanner } from './simulator.ts';

export const driver: DriverOf<'document-scanner'> = {
  name: 'escl-scanner',
  class: 'document-scanner',
  profiles: profileNames,
  create: (profile, context) => new EsclScanner(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedScanner(profileNamed(profile), context),
  actions: () => action,
};
