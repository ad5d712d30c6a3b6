import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };

const cameraProfile = z.strictObject({
  /** Which camera of the stand: 0 looks at the table (主头), 1 is the second one (副头). */
  camera: z.int().min(0).max(9),
  /** First frames that are left alone: a camera that has just started is still dark. */
  framesToSettle: z.int().min(0).max(10),
  /** Dots per inch of paper on the table, about: a camera knows pixels only. */
  resolution: z.int().min(75).max(600),
});
export type CameraProfile = z.infer<typeof cameraProfile>;

const profiles = z.record(z.string(), cameraProfile).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): CameraProfile {
  const profile = profiles[name];
  if (!profile) throw new Error(`gaopaiyi-http has no profile ${name}`);
  return profile;
}
