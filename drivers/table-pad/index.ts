import type { DriverOf } from '../../src/devices/driver.ts';
import { padAction } from './actions.ts';
import { TableDrivenPad } from './driver.ts';
import manifest from './manifest.json' with { type: 'json' };
import { profileNamed, profileNames } from './profile.ts';
import { SimulatedPad } from './simulator.ts';

/** Rating pads that are described by a table, on a serial line or behind HID reports. */
export const driver: DriverOf<'rating-pad'> = {
  name: manifest.name,
  class: 'rating-pad',
  profiles: profileNames,
  isAddressed: true,
  create: (profile, context) => new TableDrivenPad(profileNamed(profile, context.address), context),
  simulate: (profile, context) => new SimulatedPad(profileNamed(profile, context.address), context),
  actions: (profile) => padAction(profileNamed(profile)),
};
