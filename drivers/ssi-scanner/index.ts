import type { DriverOf } from '../../src/devices/driver.ts';
import { SsiScanner } from './driver.ts';
import manifest from './manifest.json' with { type: 'json' };
import { action, SimulatedScanner } from './simulator.ts';

/** Code scanners that speak Zebra's Simple Serial Interface. */
export const driver: DriverOf<'code-reader'> = {
  name: manifest.name,
  class: 'code-reader',
  profiles: Object.keys(manifest.profiles),
  create: (profile, context) => new SsiScanner(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedScanner(profileNamed(profile), context),
  actions: () => action,
};

function profileNamed(name: string): { readonly modes: boolean } {
  const found = Object.entries(manifest.profiles).find(([profile]) => profile === name);
  if (!found) throw new Error(`ssi-scanner has no profile ${name}`);
  return found[1];
}
