import type { DriverOf } from '../../src/devices/driver.ts';
import { TableDrivenPad } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { SimulatedPad } from './simulator.ts';

export const driver: DriverOf<'rating-pad'> = {
  name: 'table-pad',
  class: 'rating-pad',
  profiles: profileNames,
  create: (profile, context) => new TableDrivenPad(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedPad(profileNamed(profile), context),
};
