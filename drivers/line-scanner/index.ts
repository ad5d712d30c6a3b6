import type { DriverOf } from '../../src/devices/driver.ts';
import { LineScanner } from './driver.ts';
import manifest from './manifest.json' with { type: 'json' };
import type { LineFormat } from './protocol.ts';
import { action, SimulatedLineScanner } from './simulator.ts';

/** Code scanners that send each code as a line of text. */
export const driver: DriverOf<'code-reader'> = {
  name: manifest.name,
  class: 'code-reader',
  profiles: Object.keys(manifest.profiles),
  create: (profile, context) => new LineScanner(profileNamed(profile), context),
  simulate: (profile, context) => new SimulatedLineScanner(profileNamed(profile), context),
  actions: () => action,
};

function profileNamed(name: string): LineFormat {
  const found = Object.entries(manifest.profiles).find(([profile]) => profile === name);
  if (!found) throw new Error(`line-scanner has no profile ${name}`);
  return found[1];
}
