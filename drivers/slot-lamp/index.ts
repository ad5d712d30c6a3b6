import type { DriverOf } from '../../src/devices/driver.ts';
import { SlotLamps } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedBoard } from './simulator.ts';

/** A board with a lamp at each place of the kiosk and a sensor for who stands before it. */
export const driver: DriverOf<'cue-lamps'> = {
  name: 'slot-lamp',
  class: 'cue-lamps',
  profiles: profileNames,
  create: (profile, context) => new SlotLamps(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedBoard(profileNamed(profile), context),
  actions: () => action,
};
