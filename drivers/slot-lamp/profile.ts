import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };

const channel = z.int().min(0).max(99);

const boardProfile = z.strictObject({
  /** Channel of the lamp at each place, by the place's name. */
  lamps: z.record(z.string(), channel),
  /** Input that tells whether somebody stands there. */
  sensor: channel,
  /** How long a lamp blinks when told to. */
  blinkMs: z.int().min(1_000),
});
export type BoardProfile = z.infer<typeof boardProfile>;

const profiles = z.record(z.string(), boardProfile).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): BoardProfile {
  const profile = profiles[name];
  if (!profile) throw new Error(`slot-lamp has no profile ${name}`);
  return profile;
}
