import type { DriverOf } from '../../src/devices/driver.ts';
import { createSamReader } from './driver.ts';
import manifest from './manifest.json' with { type: 'json' };
import { redactReplies } from './redact.ts';
import { createSamSimulator } from './simulator.ts';

/** Identity card readers with a SAM on a serial line (SDT frames, GA/T 467-2019). */
export const driver: DriverOf<'id-reader'> = {
  name: manifest.name,
  class: 'id-reader',
  profiles: Object.keys(manifest.profiles),
  create: (profile, context) => createSamReader(baudRatesOf(profile), context),
  simulate: (_profile, context) => createSamSimulator(context),
  // What the host sends are commands without data.
  redact: { received: redactReplies, sent: (bytes) => bytes },
};

function baudRatesOf(profile: string): readonly number[] {
  const found = Object.entries(manifest.profiles).find(([name]) => name === profile);
  if (!found) throw new Error(`sam-reader has no profile ${profile}`);
  return found[1].baudRates;
}
