import { z } from 'zod';
import { samBaudRates } from './commands.ts';
import manifest from './manifest.json' with { type: 'json' };

const baudRate = z.literal(samBaudRates);

const samProfile = z.strictObject({
  /** Line speeds to try, the usual one first. */
  baudRates: z.tuple([baudRate], baudRate),
  /** A slower reader is set to this speed. */
  raiseTo: baudRate.optional(),
  /** The most bytes of one radio message to a card; without it, as the reader comes. */
  maxRf: z.int().min(1).max(255).optional(),
  /** The framing that the configuration of a HID link needs. */
  framing: z.enum(['unnumbered-64', 'length-prefixed-64', 'numbered', 'ch9325', 'cp2110']).optional(),
});
export type SamProfile = z.infer<typeof samProfile>;

const profiles = new Map(Object.entries(z.record(z.string(), samProfile).parse(manifest.profiles)));
export const profileNames: readonly string[] = [...profiles.keys()];

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): SamProfile {
  const profile = profiles.get(name);
  if (!profile) throw new Error(`sam-reader has no profile ${name}`);
  return profile;
}
