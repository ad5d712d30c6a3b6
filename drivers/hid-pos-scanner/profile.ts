import { z } from 'zod';
import manifest from './manifest.json' with { type: 'json' };

const place = z.int().min(1).max(63);
const reportId = z.int().min(1).max(255);
const bytes = z
  .string()
  .regex(/^(?:[0-9A-F]{2})+$/u)
  .transform((hex) => Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16)));

/** Where things stand in a report of 64 bytes, its id being byte 0 and the number of data bytes byte 1. */
const reportLayout = z.strictObject({
  /** Id of the reports that carry codes. */
  report: reportId,
  /** The AIM identifier with its `]`, three bytes; null where there is none. */
  aim: place.nullable(),
  data: place,
  /** Most data bytes of one report. */
  room: place,
  /** The byte whose lowest bit says that the code goes on in the next report. */
  continued: place,
  /** For scanners that read only when told to: what to send in which report, and what comes back in a code's report. */
  trigger: z.strictObject({ report: reportId, wait: bytes, on: bytes, off: bytes, answer: bytes }).optional(),
});
export type ReportLayout = z.infer<typeof reportLayout>;

const profiles = z.record(z.string(), reportLayout).parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): ReportLayout {
  const profile = profiles[name];
  if (!profile) throw new Error(`hid-pos-scanner has no profile ${name}`);
  return profile;
}
