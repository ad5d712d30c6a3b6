import type { DriverOf } from '../../src/devices/driver.ts';
import { DocumentCamera } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedCameraService } from './simulator.ts';

export const driver: DriverOf<'document-scanner'> = {
  name: 'gaopaiyi-http',
  class: 'document-scanner',
  profiles: profileNames,
  create: (profile, context) => new DocumentCamera(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedCameraService(profileNamed(profile), context),
  actions: () => action,
};
