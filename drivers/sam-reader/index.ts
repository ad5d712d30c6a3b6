import type { DriverOf } from '../../src/devices/driver.ts';
import { createSamReader } from './driver.ts';
import manifest from './manifest.json' with { type: 'json' };
import { profileNamed, profileNames } from './profile.ts';
import { redactReplies } from './redact.ts';
import { action, createSamSimulator } from './simulator.ts';

/** Identity card readers with a SAM, on a serial line or behind HID reports (SDT frames, GA/T 467-2019). */
export const driver: DriverOf<'id-reader'> = {
  name: manifest.name,
  class: 'id-reader',
  profiles: profileNames,
  create: (profile, context) => createSamReader(profileNamed(profile), context),
  simulate: (_profile, context) => createSamSimulator(context),
  actions: () => action,
  // What the host sends are commands without data.
  redact: { received: redactReplies, sent: (bytes) => bytes },
};
