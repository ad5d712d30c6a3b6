import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };
import type { ScannerFormat } from './protocol.ts';

const format = z.strictObject({
  framing: z.enum(['frames', 'text']),
  /** What stands behind each code: one or two ASCII characters. */
  end: z.string().regex(/^[\0-\u007f]{1,2}$/u),
  aim: z.boolean(),
});

const profiles = z.record(z.string(), format).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): ScannerFormat {
  const profile = profiles[name];
  if (!profile) throw new Error(`newland-scanner has no profile ${name}`);
  return profile;
}
