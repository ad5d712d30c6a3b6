import type { DriverOf } from '../../src/devices/driver.ts';
import { EscposPrinter } from './driver.ts';
import { profileNamed, profileNames } from './profile.ts';
import { action, SimulatedPrinter } from './simulator.ts';

export const driver: DriverOf<'ticket-printer'> = {
  name: 'escpos-printer',
  class: 'ticket-printer',
  profiles: profileNames,
  create: (profile, context) => new EscposPrinter(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedPrinter(profileNamed(profile), context),
  actions: () => action,
};
