import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };

/** How a scanner departs from the book. Which models need what stands in the README. */
const esclProfile = z.strictObject({
  /** Path that all resources are under; DNS-SD calls it `rs`. */
  root: z.string().regex(/^(?:\/[\w.-]+)+$/u),
  /** The `Host` header: left to HTTP, `localhost` whatever it is, or with the port even where that is the usual one. */
  host: z.enum(['as-it-is', 'localhost', 'with-port']),
  /** How often a job is offered, and a page asked for, to a scanner that says 503. */
  startTries: z.int().positive(),
  pageTries: z.int().positive(),
  /** Pause before the next page, as a share of the time that the page before took. */
  pauseBetweenPages: z.number().min(0).max(1),
  /** Statuses that mean "not yet" while the scanner is at work. */
  alsoNotReady: z.array(z.int()),
  /** Whether a job that came to its end is deleted as well; one that did not always is. */
  deletesFinishedJob: z.boolean(),
  /** Whether the feeder is looked at before a job is started from it. */
  feederStateFirst: z.boolean(),
});
export type EsclProfile = z.infer<typeof esclProfile>;

const profiles = z.record(z.string(), esclProfile).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): EsclProfile {
  const profile = profiles[name];
  if (!profile) throw new Error(`escl-scanner has no profile ${name}`);
  return profile;
}
